package dev.hexe.policy.api.plan;

import java.util.Set;

/** Actions that keep what a command changes apart from the host's files, for somebody to decide. */
public final class KeptChanges {
  private static final long SKIP_MISSING = 2;
  private static final long IS_FILE = 4;
  private static final long CREATE = 8;
  private static final long PLAIN = 16;
  private static final long NO_COPY = 64;

  private KeptChanges() {}

  /**
   * Makes a directory for the changes of this run, and notes what is in each tree before.
   *
   * @param about what is to be known of the run later, for people
   */
  public static Action record(String store, String about) {
    return Action.of(
        Opcode.CHANGES, "keep changes in " + store, Operand.of(store), Operand.of(about));
  }

  /**
   * A tree of the host whose changes are kept there.
   *
   * @param name of its part of the directory
   * @param attributes of the mount
   * @param how what holds for it
   */
  public static Action tree(
      String source, String destination, String name, Set<MountAttribute> attributes, How how) {
    String seen = source.equals(destination) ? source : source + " on " + destination;
    return Action.of(
        Opcode.CHANGES_TREE,
        "mount " + seen + " with its changes kept as " + name,
        Operand.of(destination),
        Operand.of(source),
        Operand.of(name),
        Operand.of(MountAttribute.bits(attributes)),
        Operand.of(how.flags()));
  }

  /**
   * The rule for a tree.
   *
   * @param isFile whether it is anything but a directory
   * @param optional whether it may have gone by the time of the run
   * @param create whether its mount point has to be made
   * @param chosen whether the profile chose the destination, which may hold no symlink then
   * @param overlayOnly whether no copy can stand for it, because something is mounted in it
   */
  public record How(
      boolean isFile, boolean optional, boolean create, boolean chosen, boolean overlayOnly) {
    private long flags() {
      return (optional ? SKIP_MISSING : 0)
          | (isFile ? IS_FILE : 0)
          | (create ? CREATE : 0)
          | (chosen ? PLAIN : 0)
          | (overlayOnly ? NO_COPY : 0);
    }
  }
}
