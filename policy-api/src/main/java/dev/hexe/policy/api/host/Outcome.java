package dev.hexe.policy.api.host;

/**
 * The outcome of a probe's plan.
 *
 * @param succeeded whether every action succeeded
 * @param value the number the last action returned
 * @param step the name of the action that failed, or empty
 * @param errno the symbolic name of its errno, {@code SIGNAL n} where the kernel killed it, or
 *     empty
 */
public record Outcome(boolean succeeded, long value, String step, String errno) {
  /** Every action succeeded. */
  public static Outcome success(long value) {
    return new Outcome(true, value, "", "");
  }

  /** An action failed. */
  public static Outcome failure(String step, String errno) {
    return new Outcome(false, 0, step, errno);
  }

  /** The failing step and its errno, for people. */
  public String evidence() {
    return succeeded ? "tried" : step + ": " + errno;
  }
}
