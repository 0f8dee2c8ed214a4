package dev.hexe.policy.profiles.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds a project's policy, as the launcher does for the key of a plan. */
public final class ProjectFile {
  /** What it is called. */
  public static final String NAME = ".hexe-policy.yaml";

  private ProjectFile() {}

  /** The nearest one in a directory or above it, but not in the root. */
  public static Optional<Path> find(Path directory) {
    return find(directory, passedOver -> {});
  }

  /**
   * The same; one in a directory that everybody may write, as {@code /tmp}, is passed over, because
   * anybody could have put it there.
   */
  static Optional<Path> find(Path directory, Consumer<Path> passedOver) {
    for (Path at = directory; at != null && at.getParent() != null; at = at.getParent()) {
      Path file = at.resolve(NAME);
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        if (!isForEverybody(at)) {
          return Optional.of(file);
        }
        passedOver.accept(file);
      }
    }
    return Optional.empty();
  }

  private static boolean isForEverybody(Path directory) {
    try {
      return Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException e) {
      return true;
    }
  }
}
