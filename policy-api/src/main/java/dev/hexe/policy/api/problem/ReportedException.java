package dev.hexe.policy.api.problem;

/**
 * A refusal in words for the user: the message is printed as it is, without a stack trace. Whatever
 * is none of these is a fault of the program.
 */
public abstract class ReportedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String help;

  /**
   * Says what and how to mend it.
   *
   * @param message lower case, without a final period, the user's words in backticks
   * @param help what to do; may be empty
   */
  protected ReportedException(String message, String help) {
    super(message);
    this.help = help;
  }

  /** The same, with what led to it. */
  protected ReportedException(String message, String help, Throwable cause) {
    super(message, cause);
    this.help = help;
  }

  /** What to do about it; may be empty. */
  public final String help() {
    return help;
  }
}
