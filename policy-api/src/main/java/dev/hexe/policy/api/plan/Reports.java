package dev.hexe.policy.api.plan;

/**
 * Actions on the reports when the command has ended. In all texts numbers take the place of {@code
 * @memory} and {@code @peak} (MiB), {@code @cpu}, {@code @throttled} and {@code @wall} (seconds),
 * {@code @processes}, {@code @count} (forks that were refused) and {@code @signal}.
 */
public final class Reports {
  private Reports() {}

  /** A limit that ended or held up a command. */
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

  /**
   * Tells programs what happens, as lines of JSON on an inherited descriptor; see {@code
   * docs/status.md}.
   */
  public static Action statusDescriptor(int descriptor) {
    return Action.of(
        Opcode.STATUS_DESCRIPTOR,
        "write the status to descriptor " + descriptor,
        Operand.of(descriptor));
  }

  /**
   * The same in a file that does not exist yet.
   *
   * @param path absolute, or below {@code @cwd}
   */
  public static Action statusFile(String path) {
    return Action.of(
        Opcode.STATUS_FILE, "write the status to the new file " + path, Operand.of(path));
  }

  /**
   * What the plan tells of itself when the sandbox stands.
   *
   * @param members of a JSON object, without its braces
   */
  public static Action statusFacts(String members) {
    return Action.of(Opcode.STATUS_FACTS, "tell in the status: " + members, Operand.of(members));
  }

  /** Writes one JSON object about the sandbox to an inherited descriptor, and closes it. */
  public static Action infoDescriptor(int descriptor) {
    return Action.of(
        Opcode.INFO_DESCRIPTOR,
        "tell of the sandbox on descriptor " + descriptor,
        Operand.of(descriptor));
  }

  /** Executes the command when something can be read from an inherited descriptor. */
  public static Action blockDescriptor(int descriptor) {
    return Action.of(
        Opcode.BLOCK_DESCRIPTOR,
        "wait for descriptor " + descriptor + " before the command",
        Operand.of(descriptor));
  }

  /** Keeps an inherited descriptor open for as long as the sandbox lives. */
  public static Action syncDescriptor(int descriptor) {
    return Action.of(
        Opcode.SYNC_DESCRIPTOR,
        "keep descriptor " + descriptor + " open outside the command",
        Operand.of(descriptor));
  }

  /** Runs nothing, and tells why in the status; people have been told. */
  public static Action refuse(String message) {
    return Action.of(Opcode.REFUSE, "refuse: " + message, Operand.of(message));
  }
}
