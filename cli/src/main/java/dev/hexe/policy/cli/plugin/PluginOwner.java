package dev.hexe.policy.cli.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Refuses code that somebody else could have written or put in place: a plug-in runs with all the
 * rights of the caller, before there is a sandbox.
 */
final class PluginOwner {
  private static final long ROOT = 0;
  private static final int WRITABLE_FOR_OTHERS = 0022;
  private static final int STICKY = 01000;
  private static final int KIND = 0170000;
  private static final int SYMLINK = 0120000;
  private static final int REGULAR = 0100000;

  private final long owner;

  PluginOwner(long owner) {
    this.owner = owner;
  }

  /** A directory, and all above it, that only root and the owner can change. */
  void requireDirectory(Path directory) {
    examine(directory, Status.of(directory), false);
    for (Path above = directory.getParent(); above != null; above = above.getParent()) {
      examine(above, Status.followed(above), true);
    }
  }

  /** A regular file that only root and the owner can change. */
  void requireFile(Path file) {
    Status status = Status.of(file);
    examine(file, status, false);
    if (status.kind() != REGULAR) {
      throw new PluginException(
          Text.quote(file) + " is not a file, but is named like a plug-in", "remove it");
    }
  }

  private void examine(Path path, Status status, boolean mayBeSticky) {
    if (status.kind() == SYMLINK) {
      throw new PluginException(
          Text.quote(path) + " is a symlink, and a plug-in is loaded only from its own place",
          "put what it leads to there instead");
    }
    if (status.owner() != ROOT && status.owner() != owner) {
      throw new PluginException(
          Text.quote(path) + " belongs to another user, whose code would run as you",
          "remove it, or put there what is your own");
    }
    boolean sticky = mayBeSticky && (status.mode() & STICKY) != 0;
    if (!sticky && (status.mode() & WRITABLE_FOR_OTHERS) != 0) {
      throw new PluginException(
          Text.quote(path) + " can be written by others, whose code would run as you",
          "remove the write permission: chmod go-w " + path);
    }
  }

  private record Status(long owner, int mode) {
    static Status of(Path path) {
      return read(path, LinkOption.NOFOLLOW_LINKS);
    }

    static Status followed(Path path) {
      return read(path);
    }

    private static Status read(Path path, LinkOption... options) {
      try {
        Map<String, Object> status = Files.readAttributes(path, "unix:uid,mode", options);
        return new Status(
            Integer.toUnsignedLong((Integer) Objects.requireNonNull(status.get("uid"))),
            (Integer) Objects.requireNonNull(status.get("mode")));
      } catch (IOException e) {
        throw new PluginException("cannot examine " + Text.quote(path), "make it readable");
      }
    }

    int kind() {
      return mode & KIND;
    }
  }
}
