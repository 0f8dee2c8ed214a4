package dev.hexe.policy.cli.text;

import dev.hexe.policy.api.problem.ReportedException;

/** A command cannot do what it was told. */
public final class CommandException extends ReportedException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what and how to mend it.
   *
   * @param message lower case, without a final period, the user's words in backticks
   * @param help what to do; may be empty
   */
  public CommandException(String message, String help) {
    super(message, help);
  }
}
