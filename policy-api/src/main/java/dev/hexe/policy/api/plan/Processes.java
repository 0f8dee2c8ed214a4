package dev.hexe.policy.api.plan;

import java.util.Set;

/** Actions on processes, namespaces and control groups. */
public final class Processes {
  private static final String OWN_MAP = "@own";
  private static final long INTO_CGROUP = 1;
  private static final long MAY_BE_MISSING = 1;

  private Processes() {}

  /** One {@code clone3(2)} into new namespaces; the launcher stays outside as the supervisor. */
  public static Action spawn(Set<CloneFlag> namespaces, boolean intoCgroup) {
    String into =
        namespaces.isEmpty() ? "" : " into new namespaces: " + CloneFlag.names(namespaces);
    return Action.of(
        Opcode.SPAWN,
        "start a child" + into + (intoCgroup ? ", in the cgroup" : ""),
        Operand.of(CloneFlag.bits(namespaces)),
        Operand.of(intoCgroup ? INTO_CGROUP : 0));
  }

  /** {@code unshare(2)} in place. */
  public static Action unshare(Set<CloneFlag> namespaces) {
    return Action.of(
        Opcode.UNSHARE,
        "enter new namespaces in place: " + CloneFlag.names(namespaces),
        Operand.of(CloneFlag.bits(namespaces)));
  }

  // Numbers are put together by hand: `%d` makes the JDK look for the digits of a locale.
  private static String mapped(String what, long outside, long inside) {
    return what + " " + outside + " to " + inside;
  }

  /** Maps one uid and one gid, see {@code user_namespaces(7)}. */
  public static Action idMap(long insideUid, long outsideUid, long insideGid, long outsideGid) {
    return Action.of(
        Opcode.ID_MAP,
        "map "
            + mapped("uid", outsideUid, insideUid)
            + " and "
            + mapped("gid", outsideGid, insideGid),
        Operand.of(insideUid),
        Operand.of(outsideUid),
        Operand.of(insideGid),
        Operand.of(outsideGid));
  }

  /**
   * Maps ranges of ids, see {@code user_namespaces(7)}, drops the supplementary groups, and becomes
   * 0 inside. It is done from outside, by the supervisor.
   *
   * @param uids lines of a map, {@code INSIDE OUTSIDE COUNT}
   * @param gids the same
   * @param uidHelper where {@code newuidmap(1)} may be, separated by colons; empty for root
   * @param gidHelper where {@code newgidmap(1)} may be
   * @param answer what a probe answers
   */
  public static Action idMaps(
      String uids, String gids, String uidHelper, String gidHelper, long answer) {
    return Action.of(
        Opcode.ID_MAPS,
        "map uids "
            + uids.replace("\n", ", ")
            + " and gids "
            + gids.replace("\n", ", ")
            + ", drop all supplementary groups",
        Operand.of(uids),
        Operand.of(gids),
        Operand.of(uidHelper),
        Operand.of(gidHelper),
        Operand.of(answer));
  }

  /** Maps all ids that the caller has to themselves, which takes root; see {@link #idMaps}. */
  public static Action allIds() {
    return Action.of(
        Opcode.ID_MAPS,
        "map every id to itself, drop all supplementary groups",
        Operand.of(OWN_MAP),
        Operand.of(OWN_MAP),
        Operand.of(""),
        Operand.of(""),
        Operand.of(0));
  }

  /**
   * Enters one more user namespace with the same ids. Its capabilities let a sandbox start inside,
   * and cannot undo what was mounted outside of it, see {@code mount_namespaces(7)}.
   */
  public static Action nest() {
    return Action.of(Opcode.NEST, "enter a user namespace inside, with the same ids");
  }

  /** Holds a lock on a file of the host until the command has ended, see {@code fcntl(2)}. */
  public static Action lockFile(String path) {
    return Action.of(Opcode.LOCK_FILE, "hold a lock on " + path, Operand.of(path));
  }

  /** Limits the user namespaces below the own one, see {@code namespaces(7)}. */
  public static Action limitUserNamespaces(long maximum) {
    return Action.of(
        Opcode.LIMIT_USER_NAMESPACES,
        "allow " + (maximum == 0 ? "no" : Long.toString(maximum)) + " user namespace inside",
        Operand.of(maximum));
  }

  /** Parts PID 1, which stays and reaps, from the command. */
  public static Action init() {
    return Action.of(Opcode.INIT, "stay as pid 1, run the command as its child");
  }

  /** The same without a pid namespace: parts the leader of the session, which stays. */
  public static Action leadSession() {
    return Action.of(Opcode.INIT, "stay as leader of the session, run the command as its child");
  }

  /** Drops the supplementary groups. */
  public static Action clearGroups() {
    return Action.of(Opcode.CLEAR_GROUPS, "drop all supplementary groups");
  }

  /** Makes a cgroup v2 directory that the supervisor removes. */
  public static Action cgroupCreate(String parent, String prefix) {
    return Action.of(
        Opcode.CGROUP_CREATE,
        "make a cgroup below " + parent,
        Operand.of(parent),
        Operand.of(prefix));
  }

  /** Writes an interface file of that cgroup. */
  public static Action cgroupWrite(String file, String value, boolean mayBeMissing) {
    return Action.of(
        Opcode.CGROUP_WRITE,
        file + " = " + value,
        Operand.of(file),
        Operand.of(value),
        Operand.of(mayBeMissing ? MAY_BE_MISSING : 0));
  }

  /** Ends the command after a time: SIGTERM, then after the grace SIGKILL for the whole tree. */
  public static Action timeLimit(long milliseconds, long graceMilliseconds) {
    return Action.of(
        Opcode.TIME_LIMIT,
        "stop after " + milliseconds + " ms",
        Operand.of(milliseconds),
        Operand.of(graceMilliseconds));
  }

  /** Answers one question of a probe that asks several: all before this succeeded. */
  public static Action probed() {
    return Action.of(Opcode.PROBED, "answer, and go on");
  }

  /** Asks whether {@code clone3(2)} is there; for probes. */
  public static Action clone3Query() {
    return Action.of(Opcode.CLONE3_QUERY, "ask for clone3");
  }
}
