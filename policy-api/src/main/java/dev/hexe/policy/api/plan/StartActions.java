package dev.hexe.policy.api.plan;

/** Actions on how the command is started. */
public final class StartActions {
  private static final long MASK = 1;
  private static final long NICE = 2;

  private StartActions() {}

  /** What the command is told as its own name. */
  public static Action argv0(String name) {
    return Action.of(Opcode.ARGV0, "start the command under the name " + name, Operand.of(name));
  }

  /** {@code umask(2)} of the command. */
  public static Action umask(int mask) {
    return Action.of(
        Opcode.ATTRIBUTE, "umask %03o".formatted(mask), Operand.of(MASK), Operand.of(mask));
  }

  /** At least this nice value, see {@code setpriority(2)}. */
  public static Action nice(int value) {
    return Action.of(
        Opcode.ATTRIBUTE, "nice " + value + " at least", Operand.of(NICE), Operand.of(value));
  }

  /** Refuses a directory as a standard stream: all below it would be within reach. */
  public static Action refuseDirectories() {
    return Action.of(
        Opcode.REFUSE_DIRECTORIES, "refuse directories as standard input, output and error");
  }

  /**
   * Starts the command in a directory, or not at all.
   *
   * @param path absolute inside the sandbox
   * @param hint what to do where it cannot be entered
   */
  public static Action enterDirectory(String path, String hint) {
    return Action.of(Opcode.ENTER_DIRECTORY, "go to " + path, Operand.of(path), Operand.of(hint));
  }

  /** Ends with whoever has started the launcher. */
  public static Action dieWithCaller() {
    return Action.of(Opcode.DIE_WITH_CALLER, "end when the caller ends");
  }

  /** Leaves a descriptor of the caller's to the command. */
  public static Action passDescriptor(int descriptor) {
    return Action.of(
        Opcode.PASS_DESCRIPTOR, "pass descriptor " + descriptor + " on", Operand.of(descriptor));
  }
}
