package dev.hexe.policy.api.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Actions that put things at paths of a profile's choice. Destinations are as for {@link Mounts}; a
 * symlink in one ends the run, because the compiler has followed those there were.
 */
public final class Layouts {
  private static final long SKIP_MISSING = 2;
  private static final long IS_FILE = 4;
  private static final long CREATE = 8;
  private static final long PLAIN = 16;
  private static final long FOLLOW = 32;
  private static final long FIRM = 64;
  private static final long WITHIN = 128;
  private static final long IN_NEW_ROOT = 1;
  private static final int READABLE = 0444;
  private static final Set<Opcode> WITH_FLAGS =
      EnumSet.of(
          Opcode.BIND, Opcode.BIND_ENTRIES, Opcode.TMPFS, Opcode.MQUEUE, Opcode.MOUNT_ATTRIBUTES);

  private Layouts() {}

  /**
   * The same action on a mount whose destination may hold no symlink: one that has appeared since
   * the plan was compiled ends the run.
   *
   * @throws IllegalArgumentException where the action has no flags
   */
  public static Action plain(Action action) {
    return withFlag(action, PLAIN);
  }

  /**
   * The same bind of a tree in which the working directory becomes read-only as well.
   *
   * @throws IllegalArgumentException where the action has no flags
   */
  public static Action firm(Action bind) {
    return withFlag(bind, FIRM);
  }

  /**
   * The same bind of the working directory, passed over where it can be written as it is.
   *
   * @throws IllegalArgumentException where the action has no flags
   */
  public static Action within(Action bind) {
    return withFlag(bind, WITHIN);
  }

  private static Action withFlag(Action action, long flag) {
    List<Operand> operands = new ArrayList<>(action.operands());
    int last = operands.size() - 1;
    if (!WITH_FLAGS.contains(action.opcode())
        || !(operands.get(last) instanceof Operand.Unsigned flags)) {
      throw new IllegalArgumentException(action.opcode().label() + " takes no flags");
    }
    operands.set(last, Operand.of(flags.value() | flag));
    return new Action(action.opcode(), operands, action.description());
  }

  /** A layer of the overlay that comes next, below those before it. */
  public static Action layer(String source) {
    return Action.of(
        Opcode.OVERLAY_LAYER, "take " + source + " as a layer", Operand.of(source), Operand.of(0));
  }

  /** A layer in the new root; for probes. */
  public static Action ownLayer(String path) {
    return Action.of(
        Opcode.OVERLAY_LAYER,
        "take " + path + " of the new root as a layer",
        Operand.of(path),
        Operand.of(IN_NEW_ROOT));
  }

  /**
   * Mounts the layers before it as one.
   *
   * @param size the most that changes take in memory, in bytes; 0 where there can be none
   */
  public static Action overlay(
      String destination, long size, Set<MountAttribute> attributes, boolean create) {
    String changes = size == 0 ? "" : ", changes in memory";
    return Action.of(
        Opcode.OVERLAY,
        "mount an overlay of them on " + destination + suffix(attributes) + changes,
        Operand.of(destination),
        Operand.of(size),
        Operand.of(MountAttribute.bits(attributes)),
        Operand.of(flags(create)));
  }

  /** Keeps the directory that holds an overlay's changes from other sandboxes. */
  public static Action overlayLock(String upper) {
    return Action.of(Opcode.OVERLAY_LOCK, "keep other sandboxes from " + upper, Operand.of(upper));
  }

  /** The same with changes that are kept in {@code upper}; {@code work} is for the kernel. */
  public static Action overlayKept(
      String destination,
      String upper,
      String work,
      Set<MountAttribute> attributes,
      boolean create) {
    return Action.of(
        Opcode.OVERLAY_KEPT,
        "mount an overlay of them on %s%s, changes in %s"
            .formatted(destination, suffix(attributes), upper),
        Operand.of(destination),
        Operand.of(upper),
        Operand.of(work),
        Operand.of(MountAttribute.bits(attributes)),
        Operand.of(flags(create)));
  }

  /**
   * Takes a place for the changes of caches that no other sandbox has at the same time.
   *
   * @param names of the caches; with a slash a directory in one
   * @param fresh whether what was kept there is removed
   */
  public static Action cacheSlot(String store, String project, List<String> names, boolean fresh) {
    return Action.of(
        Opcode.CACHE_SLOT,
        "take a place for " + names.size() + " caches in " + store + (fresh ? ", emptied" : ""),
        Operand.of(store),
        Operand.of(project),
        Operand.of(String.join("\n", names)),
        Operand.of(fresh ? 1 : 0));
  }

  /**
   * Mounts a cache of that place.
   *
   * @param lower the host's, which is seen below where it is there and the kernel makes an overlay
   *     of the two; or empty
   */
  public static Action cache(
      String destination,
      String lower,
      String name,
      Set<MountAttribute> attributes,
      boolean create) {
    String below = lower.isEmpty() ? "" : " over " + lower;
    return Action.of(
        Opcode.CACHE,
        "mount the kept cache " + name + below + " on " + destination + suffix(attributes),
        Operand.of(destination),
        Operand.of(lower),
        Operand.of(name),
        Operand.of(MountAttribute.bits(attributes)),
        Operand.of(flags(create)));
  }

  /** Mounts a file with this content over the one that is there. */
  public static Action fileOver(
      String destination, int mode, byte[] content, Set<MountAttribute> attributes) {
    return Action.of(
        Opcode.FILE_OVER,
        "put a file over " + destination + suffix(attributes),
        Operand.of(destination),
        Operand.of(mode),
        Operand.of(content),
        Operand.of(MountAttribute.bits(attributes)),
        Operand.of(PLAIN));
  }

  /**
   * A file with what a descriptor of the caller yields.
   *
   * @param over whether it is mounted over the one that is there; else it is made in our own tmpfs
   */
  public static Action fileFrom(
      String destination, int mode, int descriptor, Set<MountAttribute> attributes, boolean over) {
    return Action.of(
        Opcode.FILE_FROM,
        "%s %s with what descriptor %d yields%s"
            .formatted(
                over ? "put a file over" : "make file",
                destination,
                descriptor,
                suffix(attributes)),
        Operand.of(destination),
        Operand.of(mode),
        Operand.of(descriptor),
        Operand.of(MountAttribute.bits(attributes)),
        Operand.of((over ? IS_FILE : 0) | PLAIN));
  }

  /**
   * A file of our own with what a file of the host holds, which is read at each run.
   *
   * @param source the file of the host, without symlinks
   * @param prefix what comes before that
   * @param create whether there is no file yet that it is mounted over
   * @param follow whether it is written again when the host's file is, also by renaming; that takes
   *     a supervisor
   */
  public static Action fileCopy(
      String source,
      String destination,
      byte[] prefix,
      Set<MountAttribute> attributes,
      boolean create,
      boolean follow) {
    String made = source.equals(destination) ? source : destination + " of " + source;
    return Action.of(
        Opcode.FILE_COPY,
        "%s %s%s%s"
            .formatted(
                follow ? "keep a copy at" : "put a copy at",
                made,
                prefix.length == 0 ? "" : ", with something before it",
                suffix(attributes)),
        Operand.of(source),
        Operand.of(destination),
        Operand.of(prefix),
        Operand.of(READABLE),
        Operand.of(MountAttribute.bits(attributes)),
        Operand.of(SKIP_MISSING | flags(create) | (follow ? FOLLOW : 0)));
  }

  private static long flags(boolean create) {
    return (create ? CREATE : 0) | PLAIN;
  }

  private static String suffix(Set<MountAttribute> attributes) {
    return attributes.isEmpty() ? "" : " (" + MountAttribute.names(attributes) + ")";
  }
}
