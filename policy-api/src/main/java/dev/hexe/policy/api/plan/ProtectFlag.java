package dev.hexe.policy.api.plan;

/** A flag of actions on protected or hidden paths. */
public enum ProtectFlag {
  /** A symlink, which goes on leading where it leads. */
  LINK(1),
  /** Paths that only the launcher can look at; symlinks in them are followed. */
  UNSEEN(2),
  /** The paths come with this program: one that is broken ends no run. */
  USUAL(8),
  /** What symlinks within lead to is protected by itself, or need not be. */
  ALONE(16),
  /** A hidden directory is an empty one that can be written. */
  OWN(32);

  private final long bit;

  ProtectFlag(long bit) {
    this.bit = bit;
  }

  /** True where it is among the bits of an action's operand. */
  public boolean isIn(long bits) {
    return (bits & bit) != 0;
  }

  static long bits(Iterable<ProtectFlag> flags) {
    long bits = 0;
    for (ProtectFlag flag : flags) {
      bits |= flag.bit;
    }
    return bits;
  }
}
