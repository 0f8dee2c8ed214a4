package dev.hexe.policy.verification;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The mount points outside. */
final class MountPoints {
  private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
  private static final int PLACE = 4;

  private MountPoints() {}

  /** All that have a plain name; none where there is no /proc. */
  static List<String> all() {
    try {
      return Files.readAllLines(MOUNTS).stream()
          .map(line -> line.split(" ", -1)[PLACE])
          .filter(path -> !path.contains("\\"))
          .distinct()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
