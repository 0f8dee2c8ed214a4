package dev.hexe.policy.api.plan;

/**
 * What the launcher says when the command has ended. In all texts numbers take the place of {@code
 * @memory} and {@code @peak} (MiB), {@code @cpu}, {@code @throttled} and {@code @wall} (seconds),
 * {@code @processes}, {@code @count} (forks that were refused) and {@code @signal}.
 */
public final class Reports {
  private Reports() {}

  /** What ended or held up a command. */
  public enum Limit {
    MEMORY(1),
    PIDS(2),
    TIME(3),
    /** A signal that no limit sent. */
    SIGNAL(4);

    private final long number;

    Limit(long number) {
      this.number = number;
    }
  }

  /** What is said when a limit was reached. */
  public static Action limitText(Limit limit, String text) {
    return Action.of(
        Opcode.LIMIT_TEXT,
        "at its limit, say: " + text,
        Operand.of(limit.number),
        Operand.of(text));
  }

  /**
   * Says what was used.
   *
   * @param fromCgroup for numbers of all processes together
   * @param fromProcesses for those of {@code wait4(2)}
   */
  public static Action usage(String fromCgroup, String fromProcesses) {
    return Action.of(
        Opcode.USAGE, "say what was used", Operand.of(fromCgroup), Operand.of(fromProcesses));
  }

  /** Writes the same for programs, as a line of JSON, to an inherited descriptor. */
  public static Action statusDescriptor(int descriptor) {
    return Action.of(
        Opcode.STATUS_DESCRIPTOR,
        "write the status to descriptor " + descriptor,
        Operand.of(descriptor));
  }
}
