package dev.hexe.policy.backend.namespaces.host;

import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.host.Probe;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.CloneFlag;
import dev.hexe.policy.api.plan.ControlGroups;
import dev.hexe.policy.api.plan.EnvironmentActions;
import dev.hexe.policy.api.plan.Layouts;
import dev.hexe.policy.api.plan.Mounts;
import dev.hexe.policy.api.plan.Processes;
import dev.hexe.policy.api.plan.RestrictionActions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The facts that are tried. A namespace counts as available when a child entered it inside a user
 * namespace, mapped its ids and did there what the namespace is for: on some hosts the first step
 * succeeds and the rest is denied.
 */
public final class NamespaceFacts {
  public static final String USER = "namespace.user";
  public static final String MOUNT = "namespace.mount";
  public static final String PID = "namespace.pid";
  public static final String NETWORK = "namespace.network";
  public static final String UTS = "namespace.uts";
  public static final String IPC = "namespace.ipc";
  public static final String CGROUP = "namespace.cgroup";
  public static final String USER_LIMIT = "namespace.user-limit";
  public static final String PROC = "mount.proc";
  public static final String DEVPTS = "mount.devpts";
  public static final String OVERLAY = "mount.overlay";
  public static final String OVERLAY_MEMORY = "mount.overlay-memory";
  public static final String MOUNT_API = "mount.new-api";
  public static final String CLONE3 = "process.clone3";
  public static final String PROCESS_LIMIT = "namespace.process-limit";
  public static final String GROUPS = "process.groups";

  /** Nouns for those that are explained alike. */
  public static final Map<String, String> DESCRIPTIONS =
      Map.ofEntries(
          Map.entry(USER, "a user namespace"),
          Map.entry(MOUNT, "a mount namespace with a new root"),
          Map.entry(PID, "a pid namespace"),
          Map.entry(NETWORK, "a network namespace"),
          Map.entry(UTS, "a uts namespace"),
          Map.entry(IPC, "an ipc namespace"),
          Map.entry(CGROUP, "a cgroup namespace"),
          Map.entry(USER_LIMIT, "a limit on nested user namespaces"),
          Map.entry(PROC, "a fresh /proc"),
          Map.entry(OVERLAY, "an overlay"),
          Map.entry(OVERLAY_MEMORY, "an overlay with changes in memory"),
          Map.entry(DEVPTS, "a fresh /dev/pts"));

  public static final int RLIMIT_NPROC = 6;
  private static final long PROBE_TMPFS_SIZE = 1 << 20;

  /** What the launcher's {@code root-query} answers where the root cannot be exchanged. */
  static final long ROOT_IS_COVERED = 2;

  private NamespaceFacts() {}

  /** Whether the root is the kernel's first file system, which a new root can only cover. */
  public static boolean isOnFirstRoot(HostFacts facts) {
    return facts.has(MOUNT) && facts.value(MOUNT) == ROOT_IS_COVERED;
  }

  public static List<Probe> probes(Caller caller) {
    return List.of(
        inside(caller, USER, Set.of()),
        inside(caller, MOUNT, Set.of(CloneFlag.NEWNS), newRoot(devNull(), Mounts.rootQuery())),
        inside(caller, PID, Set.of(CloneFlag.NEWPID)),
        inside(caller, NETWORK, Set.of(CloneFlag.NEWNET), EnvironmentActions.loopbackUp()),
        inside(caller, UTS, Set.of(CloneFlag.NEWUTS), EnvironmentActions.hostname("probe")),
        inside(caller, IPC, Set.of(CloneFlag.NEWIPC)),
        inside(caller, CGROUP, Set.of(CloneFlag.NEWCGROUP)),
        inside(caller, USER_LIMIT, Set.of(), Processes.limitUserNamespaces(0)),
        inside(
            caller,
            PROC,
            Set.of(CloneFlag.NEWNS, CloneFlag.NEWPID),
            newRoot(Mounts.proc("/proc", Set.of(), true))),
        inside(
            caller,
            DEVPTS,
            Set.of(CloneFlag.NEWNS),
            newRoot(
                Mounts.devpts("/dev/pts", Set.of(), true),
                Mounts.rootQuery(),
                EnvironmentActions.terminal("/dev/pts/ptmx"))),
        inside(
            caller,
            OVERLAY,
            Set.of(CloneFlag.NEWNS),
            newRoot(
                Mounts.mkdir("/above", 0755),
                Mounts.mkdir("/below", 0755),
                Layouts.ownLayer("/above"),
                Layouts.ownLayer("/below"),
                Layouts.overlay("/overlay", 0, Set.of(), true))),
        inside(
            caller,
            OVERLAY_MEMORY,
            Set.of(CloneFlag.NEWNS),
            newRoot(
                Mounts.mkdir("/below", 0755),
                Layouts.ownLayer("/below"),
                Layouts.overlay("/overlay", PROBE_TMPFS_SIZE, Set.of(), true),
                Mounts.mkdir("/overlay/change", 0755))),
        inside(
            caller,
            PROCESS_LIMIT,
            Set.of(),
            RestrictionActions.rlimit(RLIMIT_NPROC, 2, 2),
            ControlGroups.processLimitQuery()),
        ownIdsAlone(caller),
        Probe.trying(MOUNT_API, Mounts.mountApiQuery()),
        Probe.trying(CLONE3, Processes.clone3Query()));
  }

  /** Supplementary groups cannot be mapped, so they have to be dropped where there are any. */
  private static Probe ownIdsAlone(Caller caller) {
    List<Action> actions = new ArrayList<>();
    if (caller.hasOtherGroups()) {
      actions.add(Processes.clearGroups());
    }
    actions.addAll(inside(caller, GROUPS, Set.of()).actions());
    return new Probe(GROUPS, actions);
  }

  private static Probe inside(
      Caller caller, String fact, Set<CloneFlag> namespaces, Action... then) {
    EnumSet<CloneFlag> all = EnumSet.of(CloneFlag.NEWUSER);
    all.addAll(namespaces);
    List<Action> actions = new ArrayList<>();
    actions.add(Processes.spawn(all, false));
    actions.add(Processes.idMap(caller.uid(), caller.uid(), caller.gid(), caller.gid()));
    actions.addAll(Arrays.asList(then));
    return new Probe(fact, actions);
  }

  private static Action[] newRoot(Action... then) {
    List<Action> actions = new ArrayList<>();
    actions.add(Mounts.receiveOnly());
    actions.add(Mounts.rootTmpfs(PROBE_TMPFS_SIZE, 0755));
    actions.addAll(Arrays.asList(then));
    return actions.toArray(Action[]::new);
  }

  private static Action devNull() {
    return Mounts.bind("/dev/null", "/null", Set.of(), true, false, true);
  }
}
