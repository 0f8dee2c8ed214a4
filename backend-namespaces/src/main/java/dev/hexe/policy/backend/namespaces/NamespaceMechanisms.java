package dev.hexe.policy.backend.namespaces;

import static dev.hexe.policy.api.decision.Mechanism.named;
import static dev.hexe.policy.api.profile.Strength.FULL;
import static dev.hexe.policy.api.profile.Strength.PARTIAL;

import dev.hexe.policy.api.decision.Effect;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Identity;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.backend.namespaces.host.NamespaceFacts;
import dev.hexe.policy.backend.namespaces.host.SubordinateIds;
import java.util.List;

/** The rules that choose namespaces. */
final class NamespaceMechanisms {
  static final String NEW_ROOT = "new-root";
  static final String READ_ONLY_BIND = "read-only-bind";
  static final String LAYOUT_MOUNTS = "layout-mounts";
  static final String NOEXEC_MOUNTS = "noexec-mounts";
  static final String GUARD = "guard-mounts";
  static final String TMPFS = "tmpfs";
  static final String MINIMAL_DEV = "minimal-dev";
  static final String PID_NAMESPACE = "pid-namespace";
  static final String NETWORK_NAMESPACE = "network-namespace";
  static final String IPC_NAMESPACE = "ipc-namespace";
  static final String UTS_NAMESPACE = "uts-namespace";
  static final String CGROUP_NAMESPACE = "cgroup-namespace";
  static final String MOUNT_NAMESPACE = "mount-namespace";
  static final String USER_NAMESPACE = "user-namespace";
  static final String ID_RANGES = "subordinate-ids";
  static final String ROOT_ALONE = "root-alone";
  static final String PROCESS_LIMIT = "rlimit-processes";
  static final String USER_NAMESPACE_LIMIT = "user-namespace-limit";

  /** A mechanism of the backend that lets destinations through, from a network namespace. */
  static final String GATEWAY = "gateway";

  private static final int AFTER_CONTROL_GROUPS = Mechanism.ORDINARY + 100;

  /** Facts of the backend that filters system calls, which closes what no namespace covers. */
  private static final String SECCOMP_FILTER = "seccomp.filter";

  private static final String SECCOMP_LIBRARY = "seccomp.library";
  private static final int BEFORE_FILTERS = 20;

  private static final MissingFeature IN_PLACE =
      new MissingFeature(
          "the command takes the caller's place, and nothing can be mounted for it",
          "say `processes: {pid: any}`, as the profiles other than `isolated` do");

  private static final MissingFeature HOSTS_QUEUES =
      new MissingFeature(
          "message queues that are put somewhere are the sandbox's own", "say `ipc: private`");

  private static final MissingFeature FIRST_ROOT =
      new MissingFeature(
          "the root is the kernel's first file system (an initramfs), which can only be covered, and a command with capabilities could uncover it",
          "take a profile that leaves none (`sandbox`, `full`, or `privileges: {capabilities: none}`), or start from another root (`switch_root`)");

  private NamespaceMechanisms() {}

  static List<Mechanism> all() {
    return List.of(
        separate(NEW_ROOT, Guarantee.FILES)
            .suiting(profile -> own(profile) && hasNewRoot(profile))
            .needs(NamespaceFacts.MOUNT)
            .needs(NamespaceMechanisms::keepsRootCovered, FIRST_ROOT)
            .rule("unlisted files are absent from a new root, where one can be mounted")
            .build(),
        separate(READ_ONLY_BIND, Guarantee.READ_ONLY)
            .needs(NamespaceFacts.MOUNT)
            .rule("read-only paths are recursive read-only bind mounts, where mounting is allowed")
            .build(),
        named(LAYOUT_MOUNTS, Guarantee.LAYOUT, FULL)
            .needs((profile, facts) -> own(profile), IN_PLACE)
            .needs(
                (profile, facts) -> !hasQueues(profile) || profile.separation().privateIpc(),
                HOSTS_QUEUES)
            .needs(NamespaceFacts.MOUNT)
            .needsFor(NamespaceMechanisms::hasOverlays, NamespaceFacts.OVERLAY)
            .needsFor(NamespaceMechanisms::changesInMemory, NamespaceFacts.OVERLAY_MEMORY)
            .rule("what a profile lays out is mounted, where mounting is allowed")
            .build(),
        separate(NOEXEC_MOUNTS, Guarantee.NO_EXECUTE)
            .needs(NamespaceFacts.MOUNT)
            .rule("paths without programs are mounted noexec, where mounting is allowed")
            .build(),
        separate(GUARD, Guarantee.PROTECTED)
            .effects(Effect.MOUNTS_OVER)
            .needs(NamespaceFacts.MOUNT)
            .rule(
                "protected files are mounted over themselves, read-only, where mounting is allowed")
            .build(),
        separate(GUARD, Guarantee.HIDDEN)
            .effects(Effect.MOUNTS_OVER)
            .needs(NamespaceFacts.MOUNT)
            .rule("hidden files are covered by something empty, where mounting is allowed")
            .build(),
        separate(GUARD, Guarantee.NEXT_RUN)
            .effects(Effect.MOUNTS_OVER)
            .needs(NamespaceFacts.MOUNT)
            .rule(
                "what decides the next run is mounted over itself, read-only, and kept plans are covered, where mounting is allowed")
            .build(),
        separate(TMPFS, Guarantee.TMP)
            .needs(NamespaceFacts.MOUNT)
            .rule("a private /tmp is a tmpfs, where mounting is allowed")
            .build(),
        separate(MINIMAL_DEV, Guarantee.DEVICES)
            .effects(Effect.OWN_TERMINALS)
            .needs(NamespaceFacts.MOUNT, NamespaceFacts.DEVPTS)
            .needs(
                (profile, facts) -> profile.files().unlisted() != Unlisted.DENIED,
                MissingFeature.of(
                    "an own /dev takes a new root, which the profile does not ask for"))
            .rule("minimal devices are bound into a /dev of their own, where mounting is allowed")
            .build(),
        separate(PID_NAMESPACE, Guarantee.PROCESSES_INVISIBLE)
            .needs(NamespaceFacts.PID, NamespaceFacts.PROC)
            .rule("invisible processes are outside a pid namespace with a fresh /proc")
            .build(),
        separate(PID_NAMESPACE, Guarantee.PROCESSES_UNREACHABLE)
            .effects(Effect.CONFINES_KEYS)
            .needs(NamespaceFacts.PID)
            .rule(
                "unreachable processes have no pid inside a pid namespace, and their keys are in another keyring")
            .build(),
        separate(NETWORK_NAMESPACE, Guarantee.NETWORK)
            .needs(NamespaceFacts.NETWORK, SECCOMP_FILTER, SECCOMP_LIBRARY)
            .rule("no network is a network namespace with loopback alone")
            .build(),
        named(NETWORK_NAMESPACE, Guarantee.NETWORK, PARTIAL)
            .suiting(NamespaceMechanisms::own)
            .rank(BEFORE_FILTERS)
            .needs(NamespaceFacts.NETWORK)
            .caveat(
                "sockets to the hypervisor (AF_VSOCK) are in no namespace, and cannot be filtered here")
            .leavesOpen("socket")
            .rule(
                "no network without filters is a network namespace, which leaves the hypervisor's sockets")
            .build(),
        separate(IPC_NAMESPACE, Guarantee.IPC)
            .needs(NamespaceFacts.IPC, NamespaceFacts.MOUNT)
            .rule("private IPC is an ipc namespace")
            .build(),
        separate(UTS_NAMESPACE, Guarantee.HOSTNAME)
            .needs(NamespaceFacts.UTS)
            .rule("an own hostname is set in a uts namespace")
            .build(),
        separate(CGROUP_NAMESPACE, Guarantee.CGROUPS)
            .needs(NamespaceFacts.CGROUP)
            .rule("an own view of control groups is a cgroup namespace")
            .build(),
        named(MOUNT_NAMESPACE, Guarantee.MOUNTS, FULL)
            .needs(NamespaceFacts.MOUNT)
            .rule("private mounts are made in a mount namespace")
            .build(),
        named(ID_RANGES, Guarantee.IDENTITY, FULL)
            .suiting(NamespaceMechanisms::wantsSubordinates)
            .needs(NamespaceFacts.USER, SubordinateIds.UIDS, SubordinateIds.GIDS)
            .rule(
                "subordinate ids are mapped in a user namespace by those who may, and no group stays")
            .build(),
        named(ROOT_ALONE, Guarantee.IDENTITY, PARTIAL)
            .suiting(NamespaceMechanisms::wantsSubordinates)
            .needs(NamespaceFacts.USER)
            .caveat("there is no id inside but 0, and supplementary groups may stay in force")
            .leavesOpen("other-groups")
            .rule("without subordinate ids, 0 inside is the only one in a user namespace")
            .build(),
        named(USER_NAMESPACE, Guarantee.IDENTITY, FULL)
            .suiting(profile -> !wantsSubordinates(profile))
            .needs(NamespaceFacts.USER, NamespaceFacts.GROUPS)
            .rule("the ids inside are mapped in a user namespace, and no other is held")
            .build(),
        named(USER_NAMESPACE, Guarantee.IDENTITY, PARTIAL)
            .suiting(profile -> !wantsSubordinates(profile))
            .needs(NamespaceFacts.USER)
            .caveat("supplementary groups of the caller stay in force")
            .leavesOpen("other-groups")
            .rule(
                "the ids inside are mapped in a user namespace, beside groups that cannot be dropped")
            .build(),
        named(PROCESS_LIMIT, Guarantee.PIDS, PARTIAL)
            .rank(AFTER_CONTROL_GROUPS)
            .suiting(profile -> profile.identity().kind() != Identity.Kind.HOST)
            .needs(NamespaceFacts.USER, NamespaceFacts.PROCESS_LIMIT)
            .rule("without a control group, processes are counted in our own user namespace")
            .caveat("an rlimit counts them, and forks at the same time can overshoot it")
            .leavesOpen()
            .build(),
        separate(USER_NAMESPACE_LIMIT, Guarantee.USER_NAMESPACES)
            .needs(NamespaceFacts.USER, NamespaceFacts.USER_LIMIT)
            .needs(
                (profile, facts) -> profile.privileges().noCapabilities(),
                MissingFeature.of(
                    "the command keeps capabilities, and could raise the limit again"))
            .rule("no user namespace inside is a limit of 0 below our own user namespace")
            .build());
  }

  /** Whether unlisted files are to be out of sight, which takes a root of our own. */
  static boolean hasNewRoot(Profile profile) {
    return profile.files().unlisted() == Unlisted.ABSENT;
  }

  private static boolean keepsRootCovered(Profile profile, HostFacts facts) {
    return !NamespaceFacts.isOnFirstRoot(facts) || profile.privileges().noCapabilities();
  }

  private static boolean hasOverlays(Profile profile) {
    return profile.files().fixtures().overlays().findAny().isPresent();
  }

  private static boolean changesInMemory(Profile profile) {
    return profile
        .files()
        .fixtures()
        .overlays()
        .anyMatch(overlay -> overlay.changes() instanceof MountEntry.Changes.Discarded);
  }

  private static boolean hasQueues(Profile profile) {
    return profile.files().fixtures().all().stream()
        .anyMatch(MountEntry.MessageQueues.class::isInstance);
  }

  private static boolean wantsSubordinates(Profile profile) {
    return profile.identity().kind() == Identity.Kind.SUBORDINATE;
  }

  private static Mechanism.Builder separate(String id, Guarantee guarantee) {
    return named(id, guarantee, FULL).suiting(NamespaceMechanisms::own);
  }

  /** A profile that runs in place gets no surroundings of its own. */
  private static boolean own(Profile profile) {
    return !profile.separation().inPlace();
  }
}
