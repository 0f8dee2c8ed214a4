package dev.hexe.policy.verification.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * On which disks the directories are that a sandbox can write to.
 *
 * @param directories where the sandbox can make files, the same ones as outside
 */
public record Disks(List<Path> directories) {
  private static final Path DEVICES = Path.of("/sys/dev/block");

  /** Copies. */
  public Disks {
    directories = List.copyOf(directories);
  }

  /** A directory on this device, or on a part of it; the device is named {@code MAJOR:MINOR}. */
  public Optional<Path> directoryOn(String device) {
    return directories.stream()
        .filter(directory -> Files.isDirectory(directory) && Files.isWritable(directory))
        .filter(directory -> devices(directory).contains(device))
        .findFirst();
  }

  private static List<String> devices(Path directory) {
    try {
      String own = name((Long) Files.getAttribute(directory, "unix:dev"));
      return List.of(own, whole(own));
    } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
      return List.of();
    }
  }

  // As gnu_dev_major(3) and gnu_dev_minor(3) have it.
  private static String name(long device) {
    long major = ((device >> 8) & 0xfff) | ((device >> 32) & ~0xfffL);
    long minor = (device & 0xff) | ((device >> 12) & ~0xffL);
    return major + ":" + minor;
  }

  // The directory of a partition is in that of its disk. Limits are set on disks.
  private static String whole(String device) throws IOException {
    Path parent = DEVICES.resolve(device).toRealPath().resolveSibling("dev");
    return Files.isRegularFile(parent) ? Files.readString(parent).strip() : "";
  }
}
