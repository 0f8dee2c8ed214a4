package dev.hexe.policy.api.host;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tree of files as it is while a plan is compiled. Every look is remembered as something the
 * plan depends on.
 */
public interface HostTree {
  /** What is at {@code path}, without following a symlink at its end. */
  Entry look(String path);

  /** The same for what is looked for again at each run: that nothing is there is not remembered. */
  default Entry glance(String path) {
    return look(path);
  }

  /** Whether a regular file is at {@code path}: no device, no pipe, and no socket. */
  default boolean isRegularFile(String path) {
    return look(path).kind() == Kind.FILE;
  }

  /** Whether the caller may read a regular file at {@code path}; if not, that is remembered. */
  default boolean isReadableFile(String path) {
    return isRegularFile(path);
  }

  /** Remembers what is at {@code path}, so that a change of it is a change of what is seen here. */
  default void remember(String path) {
    look(path);
  }

  /**
   * The same where all that counts is which file it is, and not what is in it: that it is no
   * symlink, for example.
   */
  default void rememberEntry(String path) {
    remember(path);
  }

  /** What a regular file holds, which is remembered; empty where it cannot be read. */
  default Optional<String> text(String path) {
    return Optional.empty();
  }

  /** The names in a directory, sorted; the directory is remembered. */
  default List<String> namesIn(String directory) {
    return List.of();
  }

  /**
   * The symlinks in a directory by their names, and where each leads, exactly as written in it. The
   * directory is remembered, and no symlink.
   */
  default Map<String, String> linksIn(String directory) {
    return Map.of();
  }

  /** This tree, where every look is but a glance. */
  default HostTree glancing() {
    HostTree all = this;
    return new HostTree() {
      @Override
      public Entry look(String path) {
        return all.glance(path);
      }
    };
  }

  /** The kind of a directory entry. */
  enum Kind {
    ABSENT,
    DIRECTORY,
    SYMLINK,
    /** Regular files, devices, sockets and pipes: all that a file can be mounted over. */
    FILE
  }

  /**
   * A directory entry.
   *
   * @param kind what it is
   * @param target where a symlink leads, exactly as written in it; empty otherwise
   */
  record Entry(Kind kind, String target) {}
}
