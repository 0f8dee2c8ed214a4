package dev.hexe.policy.api.host;

/**
 * The tree of files as it is while a plan is compiled. Every look is remembered as something the
 * plan depends on.
 */
public interface HostTree {
  /** What is at {@code path}, without following a symlink at its end. */
  Entry look(String path);

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
