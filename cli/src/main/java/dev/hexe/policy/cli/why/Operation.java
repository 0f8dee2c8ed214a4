package dev.hexe.policy.cli.why;

/** Something that is tried with a file or directory. */
public enum Operation {
  /** Its content or, of a directory, its entries. */
  READ,
  /** Changing, making, replacing or removing it. */
  WRITE,
  /** Starting it as a program. */
  EXECUTE
}
