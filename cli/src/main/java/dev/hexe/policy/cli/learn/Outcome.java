package dev.hexe.policy.cli.learn;

import java.util.List;

/**
 * The outcome of learning.
 *
 * @param runs how many times the command ran
 * @param status how it ended the last time
 * @param granted what was added
 * @param questions what is for a person to decide
 * @param declined what somebody had commented out before
 * @param checked whether the last run was under the result, and nothing more was needed
 * @param problem why the command could not be watched; empty where it was
 */
public record Outcome(
    int runs,
    int status,
    List<Grant> granted,
    List<Question> questions,
    List<Grant> declined,
    boolean checked,
    String problem) {
  static final String ENOUGH = "nothing more is needed";

  /** Of a command that fails all the same. */
  static final String NO_MORE = "nothing more can be granted";

  /** Copies the lists. */
  public Outcome {
    granted = List.copyOf(granted);
    questions = List.copyOf(questions);
    declined = List.copyOf(declined);
  }
}
