package dev.hexe.policy.cli.text;

/** Exit statuses of this program's own. */
public final class ExitStatus {
  public static final int DONE = 0;

  /** What was compared is not equal, as with diff. */
  public static final int DIFFERENT = 1;

  /** Nothing was run: the status of every failure that is our own. */
  public static final int NOTHING_RAN = 125;

  private ExitStatus() {}
}
