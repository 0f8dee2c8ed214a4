package dev.hexe.policy.api.plan;

/**
 * The launcher's primitives; see {@code docs/plan-format.md} and the launcher's {@code
 * opcodes.def}, which hold the same table.
 */
public enum Opcode {
  NOTE(1, "ss", Phase.NOTES),
  DEPENDS(2, "suuuuu", Phase.NOTES),
  DEPENDS_IDENTITY(200, "suu", Phase.NOTES),
  DEPENDS_ENTRY(215, "suuuuu", Phase.NOTES),
  DEPENDS_DIRECTORY(216, "suuuu", Phase.NOTES),
  WARN(3, "s", Phase.NOTES),
  WORKING_DIRECTORY(4, "s", Phase.NOTES),
  CGROUP_CREATE(10, "ss", Phase.CGROUP, Trait.BEFORE_SPAWN, Trait.NEEDS_SUPERVISOR),
  CGROUP_WRITE(11, "ssu", Phase.CGROUP),
  PRIVATE_DIRECTORY(12, "ssus", Phase.SOURCES, Trait.BEFORE_SPAWN, Trait.NEEDS_SUPERVISOR),
  CLEAR_GROUPS(13, "", Phase.SOURCES),
  TIME_LIMIT(14, "uu", Phase.SOURCES, Trait.BEFORE_SPAWN, Trait.NEEDS_SUPERVISOR),
  SCOPE_CREATE(15, "sss", Phase.CGROUP, Trait.BEFORE_SPAWN, Trait.NEEDS_SUPERVISOR),
  CGROUP_ENABLE(16, "ss", Phase.CGROUP, Trait.BEFORE_SPAWN),
  LIMIT_TEXT(17, "us", Phase.SOURCES, Trait.BEFORE_SPAWN, Trait.NEEDS_SUPERVISOR),
  USAGE(18, "ss", Phase.SOURCES, Trait.BEFORE_SPAWN, Trait.NEEDS_SUPERVISOR),
  STATUS_DESCRIPTOR(19, "u", Phase.SOURCES, Trait.BEFORE_SPAWN, Trait.NEEDS_SUPERVISOR),
  SPAWN(20, "uu", Phase.NAMESPACES),
  UNSHARE(21, "u", Phase.NAMESPACES),
  ID_MAP(22, "uuuu", Phase.NAMESPACES),
  LIMIT_USER_NAMESPACES(23, "u", Phase.NAMESPACES),
  INIT(24, "", Phase.INIT),
  PROPAGATION(30, "u", Phase.PROPAGATION),
  ROOT_TMPFS(31, "uu", Phase.MOUNTS),
  ROOT_HOST(32, "", Phase.MOUNTS),
  BIND(33, "ssuu", Phase.MOUNTS),
  BIND_ENTRIES(213, "ssuu", Phase.MOUNTS),
  TMPFS(34, "suuuu", Phase.MOUNTS),
  PROC(35, "suu", Phase.MOUNTS),
  DEVPTS(36, "suu", Phase.MOUNTS),
  MQUEUE(37, "suu", Phase.MOUNTS),
  MKDIR(38, "su", Phase.MOUNTS),
  SYMLINK(39, "ss", Phase.MOUNTS),
  FILE(40, "sub", Phase.MOUNTS),
  MOUNT_ATTRIBUTES(41, "suu", Phase.MOUNTS),
  PIVOT_ROOT(42, "", Phase.ROOT_SWITCH),
  COVER_ROOT(150, "", Phase.ROOT_SWITCH),
  OVERLAY_LAYER(43, "su", Phase.MOUNTS),
  CACHE_SLOT(201, "sssu", Phase.SOURCES, Trait.BEFORE_SPAWN, Trait.NEEDS_SUPERVISOR),
  CACHE(202, "sssuu", Phase.MOUNTS),
  CHANGES(210, "ss", Phase.SOURCES, Trait.BEFORE_SPAWN, Trait.NEEDS_SUPERVISOR),
  CHANGES_TREE(211, "sssuu", Phase.MOUNTS),
  OVERLAY(44, "suuu", Phase.MOUNTS),
  OVERLAY_KEPT(45, "sssuu", Phase.MOUNTS, Trait.NEEDS_SUPERVISOR),
  FILE_OVER(46, "subuu", Phase.MOUNTS),
  FILE_FROM(47, "suuuu", Phase.MOUNTS),
  LOOPBACK_UP(50, "", Phase.NETWORK),
  HOSTNAME(51, "s", Phase.NETWORK),
  GATEWAY(170, "ss", Phase.SOURCES, Trait.BEFORE_SPAWN, Trait.NEEDS_SUPERVISOR),
  LOCAL_ROUTE(171, "su", Phase.NETWORK),
  LISTEN(172, "ssuu", Phase.NETWORK),
  GATEWAY_HAND_OVER(173, "u", Phase.NETWORK),
  GATEWAY_ANSWER(214, "", Phase.OUTSIDE),
  NETWORK_COOKIE_QUERY(174, "", Phase.NETWORK, Trait.PROBE_ONLY),
  RLIMIT(60, "uuu", Phase.RLIMITS),
  DROP_CAPABILITIES(61, "uu", Phase.CAPABILITIES),
  NO_NEW_PRIVILEGES(62, "", Phase.NO_NEW_PRIVILEGES),
  SETENV(63, "ss", Phase.ENVIRONMENT),
  UNSETENV(64, "s", Phase.ENVIRONMENT),
  CLEARENV(65, "", Phase.ENVIRONMENT),
  CHDIR(66, "ss", Phase.ENVIRONMENT),
  NEW_SESSION(67, "", Phase.ENVIRONMENT),
  CLOSE_DESCRIPTORS(68, "u", Phase.DESCRIPTORS),
  FILTER_ENVIRONMENT(69, "ss", Phase.ENVIRONMENT),
  LANDLOCK_RULESET(70, "uuu", Phase.LANDLOCK),
  LANDLOCK_PATH(71, "suu", Phase.LANDLOCK),
  LANDLOCK_PORT(72, "uu", Phase.LANDLOCK),
  LANDLOCK_RESTRICT(73, "u", Phase.LANDLOCK),
  SECCOMP_FILTER(80, "bu", Phase.SECCOMP),
  WATCH(81, "ssu", Phase.SOURCES, Trait.BEFORE_SPAWN, Trait.NEEDS_SUPERVISOR),
  GIT_DATA(140, "sus", Phase.SOURCES, Trait.BEFORE_SPAWN, Trait.NEEDS_SUPERVISOR),
  GIT_PLACEHOLDERS(212, "sss", Phase.SOURCES, Trait.BEFORE_SPAWN, Trait.NEEDS_SUPERVISOR),
  GIT_CONFIG(180, "susss", Phase.SOURCES, Trait.BEFORE_SPAWN, Trait.NEEDS_SUPERVISOR),
  PROTECT(82, "ssu", Phase.MOUNTS, Trait.COVERS),
  GIT_LINKS(141, "ss", Phase.MOUNTS, Trait.COVERS),
  HIDE(83, "ssu", Phase.MOUNTS, Trait.COVERS),
  ID_MAPS(84, "ssssu", Phase.NAMESPACES, Trait.NEEDS_SUPERVISOR),
  TERMINAL(85, "s", Phase.ENVIRONMENT, Trait.NEEDS_SUPERVISOR),
  ARGV0(86, "s", Phase.ENVIRONMENT),
  ATTRIBUTE(87, "uu", Phase.ENVIRONMENT),
  ENTER_DIRECTORY(88, "ss", Phase.ENVIRONMENT),
  PASS_DESCRIPTOR(89, "u", Phase.SOURCES),
  STATUS_FILE(90, "s", Phase.SOURCES, Trait.BEFORE_SPAWN, Trait.NEEDS_SUPERVISOR),
  STATUS_FACTS(91, "s", Phase.SOURCES, Trait.BEFORE_SPAWN, Trait.NEEDS_SUPERVISOR),
  INFO_DESCRIPTOR(92, "u", Phase.SOURCES, Trait.BEFORE_SPAWN, Trait.NEEDS_SUPERVISOR),
  BLOCK_DESCRIPTOR(93, "u", Phase.SOURCES, Trait.BEFORE_SPAWN),
  SYNC_DESCRIPTOR(94, "u", Phase.SOURCES, Trait.BEFORE_SPAWN, Trait.NEEDS_SUPERVISOR),
  REFUSE(95, "s", Phase.SOURCES, Trait.BEFORE_SPAWN),
  LANDLOCK_QUERY(100, "u", Phase.LANDLOCK, Trait.PROBE_ONLY),
  CLONE3_QUERY(101, "", Phase.NAMESPACES, Trait.PROBE_ONLY),
  MOUNT_API_QUERY(102, "", Phase.MOUNTS, Trait.PROBE_ONLY),
  PROCESS_LIMIT_QUERY(103, "", Phase.RLIMITS, Trait.PROBE_ONLY),
  PROBED(217, "", Phase.NOTES, Trait.PROBE_ONLY),
  ROOT_QUERY(151, "", Phase.ROOT_SWITCH, Trait.PROBE_ONLY),
  LANDLOCK_GUARD(110, "su", Phase.LANDLOCK),
  FILE_COPY(120, "ssbuuu", Phase.MOUNTS),
  LANDLOCK_STREAMS(125, "uu", Phase.LANDLOCK),
  MEND_VARIABLES(126, "ss", Phase.ENVIRONMENT),
  TEMPORARY_DIRECTORY(127, "ss", Phase.LANDLOCK),
  DIE_WITH_CALLER(128, "", Phase.SOURCES, Trait.BEFORE_SPAWN),
  KEEP_CAPABILITIES(129, "u", Phase.CAPABILITIES),
  COMMAND_LIMIT(130, "usu", Phase.LANDLOCK),
  NEST(135, "", Phase.RLIMITS),
  FILTER_FILE(136, "s", Phase.SOURCES),
  FILTER_DESCRIPTOR(137, "u", Phase.SOURCES),
  INSTALL_FILTERS(138, "", Phase.SECCOMP),
  LOCK_FILE(139, "s", Phase.SOURCES, Trait.BEFORE_SPAWN, Trait.NEEDS_SUPERVISOR),
  REFUSE_DIRECTORIES(165, "", Phase.SOURCES, Trait.BEFORE_SPAWN),
  OVERLAY_LOCK(166, "s", Phase.SOURCES, Trait.BEFORE_SPAWN, Trait.NEEDS_SUPERVISOR),
  OWN_KEYRING(167, "", Phase.CAPABILITIES),
  MOUNT_AGAIN(190, "", Phase.OUTSIDE);

  /** A property by which the rules of order go; the launcher's table has the same columns. */
  public enum Trait {
    /** It prepares what the supervisor or all processes need, and comes before {@link #SPAWN}. */
    BEFORE_SPAWN(1),
    /** Somebody outside has to remove, keep or report something when the command has ended. */
    NEEDS_SUPERVISOR(2),
    /** It answers a question about the host, and is no part of a sandbox. */
    PROBE_ONLY(4),
    /** It makes a place inaccessible, so nothing may be mounted over that later. */
    COVERS(8);

    private final int bit;

    Trait(int bit) {
      this.bit = bit;
    }
  }

  private final int code;
  private final String signature;
  private final Phase phase;
  private final int traits;

  Opcode(int code, String signature, Phase phase, Trait... traits) {
    this.code = code;
    this.signature = signature;
    this.phase = phase;
    int bits = 0;
    for (Trait trait : traits) {
      bits |= trait.bit;
    }
    this.traits = bits;
  }

  /** The number in the plan. */
  public int code() {
    return code;
  }

  /** One letter for each operand: {@code u} a number, {@code s} a string, {@code b} bytes. */
  public String signature() {
    return signature;
  }

  /** When the action happens. */
  public Phase phase() {
    return phase;
  }

  /** Whether the rules of order ask this of the action. */
  public boolean is(Trait trait) {
    return (traits & trait.bit) != 0;
  }

  /** The name in the documentation and in the launcher's messages. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
