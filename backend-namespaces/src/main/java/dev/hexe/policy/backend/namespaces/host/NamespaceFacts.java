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
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

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

  static final Action LOOPBACK = EnvironmentActions.loopbackUp();
  static final Action NAME = EnvironmentActions.hostname("probe");
  static final Action NO_MORE = Processes.limitUserNamespaces(0);
  private static final Action TWO = RestrictionActions.rlimit(RLIMIT_NPROC, 2, 2);
  private static final Action ONLY_TWO = ControlGroups.processLimitQuery();
  static final Action DEVICE = Mounts.bind("/dev/null", "/null", Set.of(), true, false, true);
  static final Action FRESH_PROC = Mounts.proc("/proc", Set.of(), true);
  static final Action TERMINALS = Mounts.devpts("/dev/pts", Set.of(), true);
  static final Action SWITCH = Mounts.rootQuery();
  static final Action TERMINAL = EnvironmentActions.terminal("/dev/pts/ptmx");
  static final Action[] LAYERS = {
    Mounts.mkdir("/above", 0755),
    Mounts.mkdir("/below", 0755),
    Layouts.ownLayer("/above"),
    Layouts.ownLayer("/below"),
    Layouts.overlay("/overlay", 0, Set.of(), true)
  };
  static final Action[] CHANGES = {
    Mounts.mkdir("/kept", 0755),
    Layouts.ownLayer("/kept"),
    Layouts.overlay("/changed", PROBE_TMPFS_SIZE, Set.of(), true),
    Mounts.mkdir("/changed/more", 0755)
  };

  private NamespaceFacts() {}

  /** Whether the root is the kernel's first file system, which a new root can only cover. */
  public static boolean isOnFirstRoot(HostFacts facts) {
    return facts.has(MOUNT) && facts.value(MOUNT) == ROOT_IS_COVERED;
  }

  /** A probe for each; {@link JointNamespaceProbes} ask for many of them at once. */
  public static List<Probe> probes(Caller caller) {
    List<Action> user = inside(caller);
    return List.of(
        new Probe(USER, user),
        inNewRoot(caller, MOUNT, List.of(), DEVICE, SWITCH),
        new Probe(PID, inside(caller, CloneFlag.NEWPID)),
        new Probe(NETWORK, then(inside(caller, CloneFlag.NEWNET), LOOPBACK)),
        new Probe(UTS, then(inside(caller, CloneFlag.NEWUTS), NAME)),
        new Probe(IPC, inside(caller, CloneFlag.NEWIPC)),
        new Probe(CGROUP, inside(caller, CloneFlag.NEWCGROUP)),
        new Probe(USER_LIMIT, then(user, NO_MORE)),
        inNewRoot(caller, PROC, List.of(CloneFlag.NEWPID), FRESH_PROC),
        inNewRoot(caller, DEVPTS, List.of(), TERMINALS, SWITCH, TERMINAL),
        inNewRoot(caller, OVERLAY, List.of(), LAYERS),
        inNewRoot(caller, OVERLAY_MEMORY, List.of(), CHANGES),
        new Probe(PROCESS_LIMIT, then(user, TWO, ONLY_TWO)),
        ownIdsAlone(caller),
        Probe.trying(MOUNT_API, Mounts.mountApiQuery()),
        Probe.trying(CLONE3, Processes.clone3Query()));
  }

  /** Supplementary groups cannot be mapped, so they have to be dropped where there are any. */
  private static Probe ownIdsAlone(Caller caller) {
    Stream<Action> before =
        caller.hasOtherGroups() ? Stream.of(Processes.clearGroups()) : Stream.of();
    return new Probe(GROUPS, Stream.concat(before, inside(caller).stream()).toList());
  }

  static List<Action> inside(Caller caller, CloneFlag... namespaces) {
    EnumSet<CloneFlag> all = EnumSet.of(CloneFlag.NEWUSER);
    all.addAll(Arrays.asList(namespaces));
    return List.of(
        Processes.spawn(all, false),
        Processes.idMap(caller.uid(), caller.uid(), caller.gid(), caller.gid()));
  }

  private static Probe inNewRoot(Caller caller, String fact, List<CloneFlag> more, Action... then) {
    EnumSet<CloneFlag> namespaces = EnumSet.of(CloneFlag.NEWNS);
    namespaces.addAll(more);
    List<Action> inside = inside(caller, namespaces.toArray(CloneFlag[]::new));
    return new Probe(fact, then(newRoot(inside), then));
  }

  static List<Action> newRoot(List<Action> inside) {
    return then(inside, Mounts.receiveOnly(), Mounts.rootTmpfs(PROBE_TMPFS_SIZE, 0755));
  }

  private static List<Action> then(List<Action> first, Action... more) {
    return Stream.concat(first.stream(), Arrays.stream(more)).toList();
  }
}
