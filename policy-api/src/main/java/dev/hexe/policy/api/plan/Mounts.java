package dev.hexe.policy.api.plan;

import java.util.Set;

/**
 * Actions on the file tree. Destinations are absolute paths in the new root, or in the tree as it
 * is after {@link #rootHost()}. With {@code create} the launcher makes the mount point, in its own
 * tmpfs only.
 */
public final class Mounts {
  private static final long RECURSIVE = 1;
  private static final long SKIP_MISSING = 2;
  private static final long MOUNT_POINT_IS_FILE = 4;
  private static final long CREATE = 8;
  private static final long MS_SLAVE = 1 << 19;

  private Mounts() {}

  /** Keeps mounts made here from reaching the host; mounts of the host still arrive. */
  public static Action receiveOnly() {
    return Action.of(
        Opcode.PROPAGATION, "make every mount a slave of the host's", Operand.of(MS_SLAVE));
  }

  /** Starts the new root as an empty tmpfs of {@code size} bytes. */
  public static Action rootTmpfs(long size, int mode) {
    return Action.of(
        Opcode.ROOT_TMPFS, "start a new root, empty", Operand.of(size), Operand.of(mode));
  }

  /** Works on the tree as it is. */
  public static Action rootHost() {
    return Action.of(Opcode.ROOT_HOST, "keep the root, mount in it");
  }

  /**
   * Clones a tree of mounts into the new root, submounts included.
   *
   * @param isFile whether the source is anything but a directory
   * @param optional whether a missing source is passed over
   */
  public static Action bind(
      String source,
      String destination,
      Set<MountAttribute> attributes,
      boolean isFile,
      boolean optional,
      boolean create) {
    long flags =
        RECURSIVE
            | (optional ? SKIP_MISSING : 0)
            | (isFile ? MOUNT_POINT_IS_FILE : 0)
            | (create ? CREATE : 0);
    String where = source.equals(destination) ? source : source + " on " + destination;
    return Action.of(
        Opcode.BIND,
        "bind " + where + suffix(attributes) + (optional ? " if present" : ""),
        Operand.of(source),
        Operand.of(destination),
        Operand.of(MountAttribute.bits(attributes)),
        Operand.of(flags));
  }

  /**
   * Clones what is in a directory into one of our own that is there, entry by entry; what is there
   * already stays.
   *
   * @param optional whether a missing source is passed over
   */
  public static Action bindEntries(
      String source, String destination, Set<MountAttribute> attributes, boolean optional) {
    String where = source.equals(destination) ? source : source + " on " + destination;
    return Action.of(
        Opcode.BIND_ENTRIES,
        "bind what is in " + where + suffix(attributes) + (optional ? " if present" : ""),
        Operand.of(source),
        Operand.of(destination),
        Operand.of(MountAttribute.bits(attributes)),
        Operand.of(optional ? SKIP_MISSING : 0));
  }

  /** Mounts an empty tmpfs of at most {@code size} bytes; of half the memory where that is 0. */
  public static Action tmpfs(
      String destination, long size, int mode, Set<MountAttribute> attributes, boolean create) {
    return Action.of(
        Opcode.TMPFS,
        "mount an empty tmpfs of %s on %s%s"
            .formatted(
                size == 0 ? "half the memory" : size + " bytes", destination, suffix(attributes)),
        Operand.of(destination),
        Operand.of(size),
        Operand.of(mode),
        Operand.of(MountAttribute.bits(attributes)),
        Operand.of(create ? CREATE : 0));
  }

  /** Mounts a fresh procfs, see {@code proc(5)}. */
  public static Action proc(String destination, Set<MountAttribute> attributes, boolean create) {
    return special(Opcode.PROC, "proc", destination, attributes, create);
  }

  /** Mounts a new devpts instance. */
  public static Action devpts(String destination, Set<MountAttribute> attributes, boolean create) {
    return special(Opcode.DEVPTS, "devpts", destination, attributes, create);
  }

  /** Mounts a fresh POSIX message queue file system, see {@code mq_overview(7)}. */
  public static Action mqueue(String destination, Set<MountAttribute> attributes, boolean create) {
    return special(Opcode.MQUEUE, "mqueue", destination, attributes, create);
  }

  /** Makes a directory, and its parents, in our own tmpfs. */
  public static Action mkdir(String destination, int mode) {
    return Action.of(
        Opcode.MKDIR, "make directory " + destination, Operand.of(destination), Operand.of(mode));
  }

  /** Makes a symlink in our own tmpfs. */
  public static Action symlink(String target, String destination) {
    return Action.of(
        Opcode.SYMLINK,
        "symlink " + destination + " -> " + target,
        Operand.of(target),
        Operand.of(destination));
  }

  /** Makes a regular file in our own tmpfs. */
  public static Action file(String destination, int mode, byte[] content) {
    return Action.of(
        Opcode.FILE,
        "make file " + destination,
        Operand.of(destination),
        Operand.of(mode),
        Operand.of(content));
  }

  /** Sets attributes on what is mounted at {@code destination}. */
  public static Action attributes(
      String destination, Set<MountAttribute> attributes, boolean recursive) {
    return Action.of(
        Opcode.MOUNT_ATTRIBUTES,
        "set" + suffix(attributes) + " on " + destination,
        Operand.of(destination),
        Operand.of(MountAttribute.bits(attributes)),
        Operand.of(recursive ? RECURSIVE : 0));
  }

  /** Makes the new root the root and lets go of the old one. */
  public static Action pivotRoot() {
    return Action.of(Opcode.PIVOT_ROOT, "switch to the new root, detach the old one");
  }

  /**
   * Makes the new root the root and leaves the old one mounted under it, where it is the kernel's
   * first file system and cannot be taken off. Whoever has capabilities could take the new one off:
   * the launcher refuses a plan that leaves {@code CAP_SYS_ADMIN} or {@code CAP_SYS_CHROOT}.
   */
  public static Action coverRoot() {
    return Action.of(Opcode.COVER_ROOT, "switch to the new root, which covers the old one");
  }

  /** Tries both ways to a new root; the answer is 1 where only {@link #coverRoot()} can be had. */
  public static Action rootQuery() {
    return Action.of(Opcode.ROOT_QUERY, "switch to the new root in one way or the other");
  }

  /** Makes a directory of its own on the host that is removed at the end. */
  public static Action privateDirectory(String parent, String prefix, int mode, String variable) {
    return Action.of(
        Opcode.PRIVATE_DIRECTORY,
        "make a private directory below " + parent,
        Operand.of(parent),
        Operand.of(prefix),
        Operand.of(mode),
        Operand.of(variable));
  }

  /** Asks whether the new mount API is there; for probes. */
  public static Action mountApiQuery() {
    return Action.of(Opcode.MOUNT_API_QUERY, "ask for the new mount API");
  }

  private static Action special(
      Opcode opcode,
      String type,
      String destination,
      Set<MountAttribute> attributes,
      boolean create) {
    return Action.of(
        opcode,
        "mount a fresh " + type + " on " + destination + suffix(attributes),
        Operand.of(destination),
        Operand.of(MountAttribute.bits(attributes)),
        Operand.of(create ? CREATE : 0));
  }

  private static String suffix(Set<MountAttribute> attributes) {
    return attributes.isEmpty() ? "" : " (" + MountAttribute.names(attributes) + ")";
  }
}
