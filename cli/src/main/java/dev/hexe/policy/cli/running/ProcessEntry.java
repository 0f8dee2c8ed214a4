package dev.hexe.policy.cli.running;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process as everybody may see it.
 *
 * @param pid its number
 * @param parent its parent's number
 * @param started when it was started, in ticks since the boot
 * @param status the lines of {@code /proc/PID/status}
 */
record ProcessEntry(long pid, long parent, long started, Map<String, String> status) {
  /** Everything a sandbox does to a process that has no namespaces, and who it is. */
  private static final List<String> MARKS = List.of("Uid", "Gid", "NoNewPrivs", "Seccomp");

  private static final int PARENT = 1;
  private static final int STARTED = 19;

  /** Reads one; empty where it is gone, or never was. */
  static Optional<ProcessEntry> read(Path directory, long pid) {
    try {
      String stat = text(directory.resolve("stat"));
      // The name may hold anything, also what looks like the end of the name.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Optional.of(
          new ProcessEntry(
              pid,
              Long.parseLong(fields[PARENT]),
              Long.parseLong(fields[STARTED]),
              lines(text(directory.resolve("status")))));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  private static Map<String, String> lines(String text) {
    Map<String, String> lines = new HashMap<>();
    for (String line : text.split("\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        lines.putIfAbsent(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    return lines;
  }

  /** Whether it bears the same marks as another one. */
  boolean isMarkedLike(ProcessEntry other) {
    return MARKS.stream()
        .allMatch(
            mark -> status.containsKey(mark) && status.get(mark).equals(other.status().get(mark)));
  }
}
