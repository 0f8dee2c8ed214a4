package dev.hexe.policy.api.plan;

import java.util.Optional;

/** Records for readers and people. */
public final class PlanNotes {
  private static final String REMARK = "remark";

  private PlanNotes() {}

  /** Something for {@code explain}; the launcher skips it. */
  public static Action note(String key, String value) {
    return Action.of(Opcode.NOTE, key + ": " + value, Operand.of(key), Operand.of(value));
  }

  /**
   * The processor that the plan is for: the numbers of system calls in its filters are those of one
   * kind. The launcher of another one refuses the plan.
   */
  public static Action architecture() {
    String name = System.getProperty("os.arch", "");
    return note("architecture", name.equals("amd64") ? "x86_64" : name);
  }

  /** A line on stderr at each run. */
  public static Action warn(String text) {
    return Action.of(Opcode.WARN, "warn: " + text, Operand.of(text));
  }

  /** A line on stderr when the plan is made, and not at each run: nothing is weaker for it. */
  public static Action remark(String text) {
    return note(REMARK, text);
  }

  /** The text of a {@link #remark}; empty where the action is none. */
  public static Optional<String> remarkOf(Action action) {
    return action.opcode() == Opcode.NOTE && action.operands().get(0).toString().equals(REMARK)
        ? Optional.of(action.operands().get(1).toString())
        : Optional.empty();
  }

  /** Relative paths were taken from this directory; the plan is of no use in another one. */
  public static Action workingDirectory(String path) {
    return Action.of(Opcode.WORKING_DIRECTORY, "compiled in " + path, Operand.of(path));
  }

  /** A directory that has to be this one, whatever is in it. */
  public static Action dependsIdentity(String path, long device, long inode) {
    return Action.of(
        Opcode.DEPENDS_IDENTITY,
        "depends on which directory " + path + " is",
        Operand.of(path),
        Operand.of(device),
        Operand.of(inode));
  }

  /** A file the plan was compiled from; inode 0 says that it must not exist. */
  public static Action depends(
      String path, long device, long inode, long size, long mtimeNanos, long ctimeNanos) {
    return Action.of(
        Opcode.DEPENDS,
        "depends on " + path,
        Operand.of(path),
        Operand.of(device),
        Operand.of(inode),
        Operand.of(size),
        Operand.of(mtimeNanos),
        Operand.of(ctimeNanos));
  }

  /**
   * The same of a file of which all that counts is that it is this one: one look at its directory
   * may stand for it.
   */
  public static Action dependsEntry(Action depends) {
    return new Action(Opcode.DEPENDS_ENTRY, depends.operands(), depends.description());
  }
}
