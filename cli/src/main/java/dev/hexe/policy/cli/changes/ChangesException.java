package dev.hexe.policy.cli.changes;

/** The record of a run's changes cannot be used as was wished. */
public final class ChangesException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String help;

  /**
   * Says what and how to mend it.
   *
   * @param message lower case, without a final period, the user's words in backticks
   * @param help what to do; may be empty
   */
  public ChangesException(String message, String help) {
    super(message);
    this.help = help;
  }

  /** What to do about it; may be empty. */
  public String help() {
    return help;
  }
}
