package dev.hexe.policy.cli.nextrun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Decides whether a user could change a file, or put another one in its place, without any sandbox:
 * what belongs to others, in directories of others, needs no protection from that user's commands.
 */
final class Changeable {
  private final long user;

  Changeable(long user) {
    this.user = user;
  }

  /** Of a path, each symlink on the way, and what it leads to. */
  boolean isChangeable(Path path) {
    return isOnTheWay(path) || isOnTheWay(real(path));
  }

  private boolean isOnTheWay(Path path) {
    for (Path at = path; at != null; at = at.getParent()) {
      if (Files.exists(at, LinkOption.NOFOLLOW_LINKS) && isTheirs(at)) {
        return true;
      }
    }
    return false;
  }

  private boolean isTheirs(Path path) {
    return Files.isWritable(path) || owner(path) == user;
  }

  private static long owner(Path path) {
    try {
      Object uid = Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      return Integer.toUnsignedLong(((Number) uid).intValue());
    } catch (IOException e) {
      return -1;
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path;
    }
  }
}
