package dev.hexe.policy.importers;

import dev.hexe.policy.api.problem.ReportedException;

/** A source cannot be read, or is of no kind that is known. */
public final class ImportException extends ReportedException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what and how to mend it.
   *
   * @param message lower case, without a final period, the user's words in backticks
   * @param help what to do; may be empty
   */
  public ImportException(String message, String help) {
    super(message, help);
  }
}
