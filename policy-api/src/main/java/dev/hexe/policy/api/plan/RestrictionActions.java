package dev.hexe.policy.api.plan;

/** Actions that take something away for good. */
public final class RestrictionActions {
  private static final long SKIP_MISSING = 2;
  private static final long LEAVE_BOUNDING = 1;

  private RestrictionActions() {}

  /** Sets {@code no_new_privs}, see {@code prctl(2)}. */
  public static Action noNewPrivileges() {
    return Action.of(Opcode.NO_NEW_PRIVILEGES, "no program gains privileges");
  }

  /**
   * Empties the capability sets but for {@code keep}, see {@code capabilities(7)}.
   *
   * @param leaveBounding whether the bounding set may stay where {@code CAP_SETPCAP} is missing by
   *     then; harmless together with {@link #noNewPrivileges()}
   */
  public static Action dropCapabilities(long keep, boolean leaveBounding) {
    return Action.of(
        Opcode.DROP_CAPABILITIES,
        keep == 0 ? "drop all capabilities" : "drop capabilities outside 0x%x".formatted(keep),
        Operand.of(keep),
        Operand.of(leaveBounding ? LEAVE_BOUNDING : 0));
  }

  /** Leaves these capabilities to the command, whatever user it runs as. */
  public static Action keepCapabilities(long mask) {
    return Action.of(
        Opcode.KEEP_CAPABILITIES, "keep capabilities 0x%x".formatted(mask), Operand.of(mask));
  }

  /** {@code setrlimit(2)} for the command, when nothing else is left to be set up. */
  public static Action commandLimit(int resource, String name, long limit) {
    return Action.of(
        Opcode.COMMAND_LIMIT,
        "limit %s to %s".formatted(name, Long.toUnsignedString(limit)),
        Operand.of(resource),
        Operand.of(name),
        Operand.of(limit));
  }

  /** An empty session keyring in the place of the caller's, see {@code session-keyring(7)}. */
  public static Action ownKeyring() {
    return Action.of(Opcode.OWN_KEYRING, "an own session keyring");
  }

  /** {@code setrlimit(2)}; all ones is infinity. */
  public static Action rlimit(int resource, long soft, long hard) {
    return Action.of(
        Opcode.RLIMIT,
        "rlimit "
            + resource
            + " = "
            + Long.toUnsignedString(soft)
            + "/"
            + Long.toUnsignedString(hard),
        Operand.of(resource),
        Operand.of(soft),
        Operand.of(hard));
  }

  /** Starts a Landlock ruleset, see {@code landlock_create_ruleset(2)}. */
  public static Action landlockRuleset(long handledFs, long handledNet, long scoped) {
    return Action.of(
        Opcode.LANDLOCK_RULESET,
        "Landlock handles files 0x%x, ports 0x%x, scopes 0x%x"
            .formatted(handledFs, handledNet, scoped),
        Operand.of(handledFs),
        Operand.of(handledNet),
        Operand.of(scoped));
  }

  /** Allows {@code access} beneath a path. */
  public static Action landlockPath(String path, long access, String meaning, boolean optional) {
    return Action.of(
        Opcode.LANDLOCK_PATH,
        "allow " + meaning + " beneath " + path + (optional ? " if present" : ""),
        Operand.of(path),
        Operand.of(access),
        Operand.of(optional ? SKIP_MISSING : 0));
  }

  /**
   * Allows to open once more what the standard streams and passed descriptors lead to.
   *
   * @param reading rights on those that are open for reading
   * @param writing rights on those that are open for writing
   */
  public static Action landlockStreams(long reading, long writing) {
    return Action.of(
        Opcode.LANDLOCK_STREAMS,
        "allow to open again what the standard streams and passed descriptors lead to",
        Operand.of(reading),
        Operand.of(writing));
  }

  /** Allows {@code access} for a port. */
  public static Action landlockPort(int port, long access, String meaning) {
    return Action.of(
        Opcode.LANDLOCK_PORT,
        "allow " + meaning + " port " + port,
        Operand.of(port),
        Operand.of(access));
  }

  /** Puts the ruleset in force, see {@code landlock_restrict_self(2)}. */
  public static Action landlockRestrict() {
    return Action.of(Opcode.LANDLOCK_RESTRICT, "put the Landlock ruleset in force", Operand.of(0));
  }

  /** Asks for the Landlock version or errata; for probes. */
  public static Action landlockQuery(long flags) {
    return Action.of(Opcode.LANDLOCK_QUERY, "ask for Landlock", Operand.of(flags));
  }

  /** Reads a filter from a file of the host, to be installed later. */
  public static Action filterFile(String path) {
    return Action.of(
        Opcode.FILTER_FILE, "read the filter of system calls in " + path, Operand.of(path));
  }

  /** Reads a filter from a descriptor of the caller's, to be installed later. */
  public static Action filterDescriptor(int descriptor) {
    return Action.of(
        Opcode.FILTER_DESCRIPTOR,
        "read the filter of system calls from descriptor " + descriptor,
        Operand.of(descriptor));
  }

  /** Installs the filters that were read. */
  public static Action installFilters() {
    return Action.of(Opcode.INSTALL_FILTERS, "install the filters that were read");
  }

  /** Installs a classic BPF filter, see {@code seccomp(2)}. */
  public static Action seccompFilter(byte[] program, long flags, String meaning) {
    return Action.of(Opcode.SECCOMP_FILTER, meaning, Operand.of(program), Operand.of(flags));
  }
}
