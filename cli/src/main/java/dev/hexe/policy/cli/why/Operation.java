package dev.hexe.policy.cli.why;

import dev.hexe.policy.api.decision.PathGrant.Access;

/** Something that is tried with a file or directory. */
public enum Operation {
  /** Its content or, of a directory, its entries. */
  READ,
  /** Changing, making, replacing or removing it. */
  WRITE,
  /** Starting it as a program. */
  EXECUTE;

  /** Whether what a list gives is enough for it. */
  boolean isAllowedBy(Access access) {
    return switch (this) {
      case READ -> access.compareTo(Access.READ_DATA) >= 0;
      case WRITE -> access.compareTo(Access.USE) >= 0;
      case EXECUTE -> access == Access.READ || access == Access.WRITE;
    };
  }
}
