package dev.hexe.policy.api.profile;

import java.util.List;

/**
 * Something a profile puts at a path of its choice. Paths are absolute and without {@code .} or
 * {@code ..}, or {@link PathRule#CWD}; {@code path} is always the one seen inside.
 */
public sealed interface MountEntry {
  /** Where it is, as seen inside. */
  String path();

  /**
   * A tree or a file of the host, at another place or with other rights.
   *
   * @param source where it is on the host
   * @param path where it is inside
   * @param writable whether it can be written
   * @param optional whether a missing source is passed over; otherwise it is an error
   */
  record Bind(String source, String path, boolean writable, boolean optional)
      implements MountEntry {}

  /**
   * An empty directory in memory.
   *
   * @param path where it is
   * @param size the most it holds, in bytes
   * @param mode of the directory itself, see {@code chmod(2)}
   */
  record Tmpfs(String path, long size, int mode) implements MountEntry {}

  /**
   * A directory.
   *
   * @param path where it is
   * @param mode see {@code chmod(2)}
   */
  record Directory(String path, int mode) implements MountEntry {}

  /**
   * A symlink.
   *
   * @param target what is written in it, whether that exists or not
   * @param path where it is
   */
  record Symlink(String target, String path) implements MountEntry {}

  /**
   * A file with this text.
   *
   * @param path where it is
   * @param text all of it; in UTF-8 in the file
   * @param mode see {@code chmod(2)}
   */
  record Text(String path, String text, int mode) implements MountEntry {}

  /**
   * A file with what a descriptor of the caller yields, read to its end when the sandbox starts.
   *
   * @param descriptor its number
   * @param path where the file is
   * @param mode see {@code chmod(2)}
   */
  record Copy(int descriptor, String path, int mode) implements MountEntry {}

  /**
   * The POSIX message queues of the sandbox, see {@code mq_overview(7)}.
   *
   * @param path where they are
   */
  record MessageQueues(String path) implements MountEntry {}

  /**
   * Directories of the host seen as one, see {@code Documentation/filesystems/overlayfs.rst}. None
   * of the lower ones is ever changed.
   *
   * @param path where it is
   * @param lower directories of the host, the first one on top
   * @param changes what becomes of changes
   */
  record Overlay(String path, List<String> lower, Changes changes) implements MountEntry {
    /** Copies the list. */
    public Overlay {
      lower = List.copyOf(lower);
    }
  }

  /**
   * A directory whose changes are kept for one project. Of two sandboxes at a time each has its
   * own.
   *
   * @param path where it is
   * @param contents what is seen below the changes
   * @param store the directory of the host in which the project's caches are kept
   * @param project the project's own directory, for people
   * @param name what it is called there
   * @param fresh whether what was kept is removed at the start
   */
  record Cache(
      String path, Contents contents, String store, String project, String name, boolean fresh)
      implements MountEntry {
    /** The content that is seen below the changes. */
    public enum Contents {
      /** Nothing. */
      OWN,
      /** What the host has there, as far as the kernel makes an overlay of it; or nothing. */
      SHARED,
      /** The same, and there is no such cache where the host has none. */
      SHARED_IF_PRESENT
    }

    /** Whether what the host has there can be read. */
    public boolean shared() {
      return contents != Contents.OWN;
    }
  }

  /**
   * A directory of the host in which everything is kept that the command changes in the host's
   * files, each run apart; those themselves stay as they are.
   *
   * @param path where it is, which is not seen inside
   * @param about what is to be known of the run later
   */
  record ChangeStore(String path, String about) implements MountEntry {}

  /** The fate of changes in an overlay. */
  sealed interface Changes {
    /** There can be none. */
    record Refused() implements Changes {}

    /**
     * They are held in memory and gone at the end.
     *
     * @param size the most they take, in bytes
     */
    record Discarded(long size) implements Changes {}

    /**
     * They are kept in a directory of the host.
     *
     * @param upper where they are
     * @param work an empty directory in the same file system, for the kernel
     */
    record Kept(String upper, String work) implements Changes {}
  }
}
