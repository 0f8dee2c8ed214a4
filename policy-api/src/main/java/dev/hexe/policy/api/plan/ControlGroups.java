package dev.hexe.policy.api.plan;

/**
 * Actions on where the sandbox's control group is made; see {@code cgroups(7)} and {@code
 * org.freedesktop.systemd1(5)}. What is written into it is in {@link Processes}.
 */
public final class ControlGroups {
  /** Stands for the control group of the scope that was started before. */
  public static final String SCOPE = "@scope";

  private ControlGroups() {}

  /**
   * Has a systemd manager start a transient scope around the launcher, with a control group that is
   * delegated to it.
   *
   * @param socket the manager's own socket
   * @param mount where cgroup v2 is mounted
   * @param prefix how the scope's name begins
   */
  public static Action startScope(String socket, String mount, String prefix) {
    return Action.of(
        Opcode.SCOPE_CREATE,
        "start a scope of systemd at " + socket,
        Operand.of(socket),
        Operand.of(mount),
        Operand.of(prefix));
  }

  /**
   * Enables controllers for the control groups below {@code parent}, where they are not enabled
   * yet.
   *
   * @param controllers their names, separated by spaces
   */
  public static Action enable(String parent, String controllers) {
    return Action.of(
        Opcode.CGROUP_ENABLE,
        "enable " + controllers + " below " + parent,
        Operand.of(parent),
        Operand.of(controllers));
  }

  /**
   * Asks whether a limit of two processes set before holds, and counts those of this user namespace
   * alone; for probes. EAGAIN: it counts others; ERANGE: it does not hold.
   */
  public static Action processLimitQuery() {
    return Action.of(Opcode.PROCESS_LIMIT_QUERY, "ask whether the limit on processes holds");
  }
}
