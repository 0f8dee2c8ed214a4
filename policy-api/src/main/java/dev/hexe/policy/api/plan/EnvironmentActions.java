package dev.hexe.policy.api.plan;

import java.util.List;

/** Actions on names, the environment and descriptors. */
public final class EnvironmentActions {
  private EnvironmentActions() {}

  /** Sets the loopback interface up. */
  public static Action loopbackUp() {
    return Action.of(Opcode.LOOPBACK_UP, "set the loopback interface up");
  }

  /** {@code sethostname(2)}. */
  public static Action hostname(String name) {
    return Action.of(Opcode.HOSTNAME, "hostname " + name, Operand.of(name));
  }

  /** Sets an environment variable. */
  public static Action setenv(String name, String value) {
    return Action.of(Opcode.SETENV, "set " + name, Operand.of(name), Operand.of(value));
  }

  /** Removes an environment variable. */
  public static Action unsetenv(String name) {
    return Action.of(Opcode.UNSETENV, "unset " + name, Operand.of(name));
  }

  /**
   * Removes environment variables.
   *
   * @param drop names of those to be removed, in which {@code *} stands for any part
   * @param keep names of those that stay nevertheless
   */
  public static Action filterEnvironment(List<String> drop, List<String> keep) {
    String but = keep.isEmpty() ? "" : " but for " + String.join(" ", keep);
    return Action.of(
        Opcode.FILTER_ENVIRONMENT,
        "unset " + String.join(" ", drop) + but,
        Operand.of(String.join(" ", drop)),
        Operand.of(String.join(" ", keep)));
  }

  /**
   * Changes those of these variables that lead to a path that does not exist inside.
   *
   * @param otherwise what they are then; where empty, they are removed
   */
  public static Action mendVariables(List<String> names, String otherwise) {
    String then = otherwise.isEmpty() ? "unset " : "set to " + otherwise + " ";
    return Action.of(
        Opcode.MEND_VARIABLES,
        then + String.join(" ", names) + " where it leads to nothing",
        Operand.of(String.join(" ", names)),
        Operand.of(otherwise));
  }

  /** Sets those of these variables that name a directory in which nothing can be made. */
  public static Action temporaryDirectory(List<String> names, String otherwise) {
    return Action.of(
        Opcode.TEMPORARY_DIRECTORY,
        "set to " + otherwise + " " + String.join(" ", names) + " where nothing can be made there",
        Operand.of(String.join(" ", names)),
        Operand.of(otherwise));
  }

  /** Removes every environment variable. */
  public static Action clearenv() {
    return Action.of(Opcode.CLEARENV, "clear the environment");
  }

  /**
   * Goes to the caller's working directory, or runs nothing.
   *
   * @param hint what to do where it does not exist inside
   */
  public static Action chdir(String hint) {
    return Action.of(Opcode.CHDIR, "go to the working directory", Operand.of(""), Operand.of(hint));
  }

  /** Goes to the caller's working directory where it exists inside, else to another one. */
  public static Action chdirOr(String fallback, String hint) {
    return Action.of(
        Opcode.CHDIR,
        "go to the working directory, or to " + fallback,
        Operand.of(fallback),
        Operand.of(hint));
  }

  /** {@code setsid(2)}. */
  public static Action newSession() {
    return Action.of(Opcode.NEW_SESSION, "start a new session");
  }

  /**
   * A session of its own and, where the caller has a terminal, one of its own in the place of it,
   * see {@code pty(7)}.
   *
   * @param multiplexer what makes terminals inside, or empty for the caller's {@code /dev/ptmx}
   */
  public static Action terminal(String multiplexer) {
    return Action.of(
        Opcode.TERMINAL,
        "start a new session, with a terminal of its own where the caller has one",
        Operand.of(multiplexer));
  }

  /** Closes every descriptor from {@code first} up. */
  public static Action closeDescriptors(int first) {
    return Action.of(
        Opcode.CLOSE_DESCRIPTORS, "close descriptors from " + first, Operand.of(first));
  }
}
