package dev.hexe.policy.engine.rules;

import dev.hexe.policy.api.problem.ReportedException;

/** Something in the engine or in a backend is wrong, so nothing may run. */
public final class PolicyException extends ReportedException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong, lower case, without a period. */
  public PolicyException(String message) {
    super(message, "");
  }

  /** Says what is wrong and keeps what led to it. */
  public PolicyException(String message, Throwable cause) {
    super(message + ": " + reason(cause), "", cause);
  }

  /** The message of an error that says which class is missing is the name of that class alone. */
  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null || cause instanceof LinkageError ? cause.toString() : message;
  }
}
