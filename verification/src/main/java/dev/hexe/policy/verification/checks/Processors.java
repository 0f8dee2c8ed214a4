package dev.hexe.policy.verification.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The processors on which this process may run. */
public final class Processors {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String KEY = "Cpus_allowed_list:";

  private Processors() {}

  /** A list such as {@code 0-3,7}; empty where there is no /proc. */
  public static String ofThisProcess() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(KEY))
          .map(line -> line.substring(KEY.length()).strip())
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}
