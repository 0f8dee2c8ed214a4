package dev.hexe.policy.importers;

/** A source cannot be read, or is of no kind that is known. */
public final class ImportException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String help;

  /**
   * Says what and how to mend it.
   *
   * @param message lower case, without a final period, the user's words in backticks
   * @param help what to do; may be empty
   */
  public ImportException(String message, String help) {
    super(message);
    this.help = help;
  }

  /** What to do about it; may be empty. */
  public String help() {
    return help;
  }
}
