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
  private static final long STICKY = 0x200;

  private final long user;

  Changeable(long user) {
    this.user = user;
  }

  /** Of a path, each symlink on the way, and what it leads to. */
  boolean isChangeable(Path path) {
    return isOnTheWay(path) || isOnTheWay(real(path));
  }

  private boolean isOnTheWay(Path path) {
    boolean entry = false;
    for (Path at = path; at != null; at = at.getParent()) {
      boolean there = Files.exists(at, LinkOption.NOFOLLOW_LINKS);
      if (there && isTheirs(at, entry)) {
        return true;
      }
      entry = there;
    }
    return false;
  }

  /** In a sticky directory of somebody else's, an entry is its owner's alone. */
  private boolean isTheirs(Path path, boolean hasEntry) {
    if (number(path, "uid") == user) {
      return true;
    }
    boolean sticky = user != 0 && (number(path, "mode") & STICKY) != 0;
    return Files.isWritable(path) && !(sticky && hasEntry);
  }

  private static long number(Path path, String name) {
    try {
      Object number = Files.getAttribute(path, "unix:" + name, LinkOption.NOFOLLOW_LINKS);
      return Integer.toUnsignedLong(((Number) number).intValue());
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
