package dev.hexe.policy.cli.changes;

import dev.hexe.policy.api.problem.ReportedException;

/** The record of a run's changes cannot be used as was wished. */
public final class ChangesException extends ReportedException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what and how to mend it.
   *
   * @param message lower case, without a final period, the user's words in backticks
   * @param help what to do; may be empty
   */
  public ChangesException(String message, String help) {
    super(message, help);
  }
}
