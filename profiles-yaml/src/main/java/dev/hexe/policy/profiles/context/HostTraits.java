package dev.hexe.policy.profiles.context;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Traits of a host that conditions of profiles and rules can ask for. None of it changes before the
 * next boot, but for what {@link #RELEASE} says.
 *
 * @param architecture as the kernel calls it
 * @param kernel its release
 * @param memory bytes
 * @param cpus processors that are present
 * @param distributions the distribution, and those it is like
 */
public record HostTraits(
    String architecture, String kernel, long memory, long cpus, List<String> distributions) {
  /** The file that names the distribution. */
  public static final Path RELEASE = Path.of("/etc/os-release");

  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final Path PROCESSORS = Path.of("/sys/devices/system/cpu/present");
  private static final Pattern TOTAL = Pattern.compile("MemTotal: *([0-9]+) kB");
  private static final Pattern LAST = Pattern.compile("([0-9]+)\\s*$");
  private static final long KIB = 1024;

  /** Copies the list. */
  public HostTraits {
    distributions = List.copyOf(distributions);
  }

  /** Those of this machine. */
  public static HostTraits here() {
    String architecture = System.getProperty("os.arch", "");
    return new HostTraits(
        architecture.equals("amd64") ? "x86_64" : architecture,
        System.getProperty("os.version", ""),
        number(TOTAL, text(MEMORY)).map(kib -> kib * KIB).orElse(0L),
        number(LAST, text(PROCESSORS))
            .map(last -> last + 1)
            .orElseGet(() -> (long) Runtime.getRuntime().availableProcessors()),
        distributions(text(RELEASE)));
  }

  private static List<String> distributions(String release) {
    return release
        .lines()
        .filter(line -> line.startsWith("ID=") || line.startsWith("ID_LIKE="))
        .map(line -> line.substring(line.indexOf('=') + 1).replaceAll("[\"']", ""))
        .flatMap(words -> Stream.of(words.split(" ", -1)))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static Optional<Long> number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(Long.parseLong(matcher.group(1))) : Optional.empty();
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
