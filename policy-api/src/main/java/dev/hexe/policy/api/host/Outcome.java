package dev.hexe.policy.api.host;

import java.util.List;

/**
 * The outcome of a probe's plan.
 *
 * @param succeeded whether every action succeeded
 * @param value the number the last action returned
 * @param step the name of the action that failed, or empty
 * @param errno the symbolic name of its errno, {@code SIGNAL n} where the kernel killed it, or
 *     empty
 * @param parts of a plan that asks several questions: the numbers of those that were answered
 */
public record Outcome(boolean succeeded, long value, String step, String errno, List<Long> parts) {
  /** Copies the numbers. */
  public Outcome {
    parts = List.copyOf(parts);
  }

  /** Every action succeeded. */
  public static Outcome success(long value) {
    return new Outcome(true, value, "", "", List.of());
  }

  /** An action failed. */
  public static Outcome failure(String step, String errno) {
    return new Outcome(false, 0, step, errno, List.of());
  }

  /** The same of a plan of which these parts were answered. */
  public Outcome withParts(List<Long> answered) {
    return new Outcome(succeeded, value, step, errno, answered);
  }

  /** The failing step and its errno, for people. */
  public String evidence() {
    return succeeded ? "tried" : step + ": " + errno;
  }
}
