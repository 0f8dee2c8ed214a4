package dev.hexe.policy.conformance.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The host outside the sandbox. */
public final class Host {
  private Host() {}

  /** Whether the suite itself runs as root. */
  public static boolean isRoot() {
    return own("Uid") == 0;
  }

  /** The inode of the namespace the suite is in. */
  public static String namespace(String name) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns", name)).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A value that {@code /proc/self/status} has of the suite. */
  public static String status(String key) {
    return lines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(key + ":"))
        .map(line -> line.substring(key.length() + 1).strip())
        .findFirst()
        .orElseThrow();
  }

  /** The text of a file, without the line's end. */
  public static String read(String path) {
    return String.join("\n", lines(Path.of(path)));
  }

  /** The lines of a file of procfs, whose size is not known before. */
  public static List<String> lines(Path file) {
    try {
      return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a command prints outside of any sandbox. */
  public static String output(String... command) {
    return Execution.of(List.of(command)).run().endsWith(0).text();
  }

  /** The process that has this text among its arguments. */
  public static Optional<ProcessHandle> processWith(String argument) {
    return ProcessHandle.allProcesses().filter(process -> hasArgument(process, argument)).findAny();
  }

  private static boolean hasArgument(ProcessHandle process, String argument) {
    try {
      return Files.readString(Path.of("/proc", process.pid() + "", "cmdline"))
          .lines()
          .flatMap(line -> java.util.Arrays.stream(line.split("\0", -1)))
          .anyMatch(argument::equals);
    } catch (IOException e) {
      return false;
    }
  }

  static long id(String user, String option) {
    String name = User.valueOf(user).systemName();
    return Long.parseLong(Execution.of(List.of("id", option, name)).run().text());
  }

  private static long own(String key) {
    return Long.parseLong(status(key).split("\t", -1)[0]);
  }
}
