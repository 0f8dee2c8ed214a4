package dev.hexe.policy.backend.seccomp;

import dev.hexe.policy.api.decision.Effect;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.profile.Capability;
import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Strength;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The guarantees a filter on system calls can serve, and the rules of each. */
enum SeccompMechanism {
  USER_NAMESPACES(
      Guarantee.USER_NAMESPACES,
      Strength.FULL,
      "",
      "no user namespace inside is a filter on the calls that make one"),
  NETWORK(
      Guarantee.NETWORK,
      Strength.PARTIAL,
      "there is no loopback, and another process may hand in a socket",
      "no network without a network namespace is a filter that leaves local sockets alone"),
  /**
   * Underneath a network namespace, which does not hold such sockets. Where there is none, {@link
   * #NETWORK} denies them with all others.
   */
  NETWORK_FAMILIES(
      Guarantee.NETWORK,
      Strength.PARTIAL,
      "only sockets that no network namespace confines are denied",
      "sockets to the hypervisor, which no network namespace confines, are denied by a filter"),
  /** Underneath whatever lets destinations through; by itself it lets all of them. */
  DESTINATION_FAMILIES(
      Guarantee.DESTINATIONS,
      Strength.NONE,
      "only sockets that neither a network namespace nor a list of ports confines are denied",
      "sockets that no list of destinations confines are denied by a filter"),
  IPC(
      Guarantee.IPC,
      Strength.PARTIAL,
      "System V IPC and message queues are not private but denied, and shared memory inherited from the caller stays",
      "private IPC without an ipc namespace is a filter that denies its calls"),
  TERMINAL(
      Guarantee.TERMINAL,
      Strength.FULL,
      "",
      "a terminal is safe under a filter on the ioctls that push input"),
  SYSCALLS(Guarantee.SYSCALLS, Strength.FULL, "", "system calls listed as denied fail in a filter"),
  /**
   * Beside the scope of Landlock, which holds signals and tracing alone. In a pid namespace nobody
   * else has a number, and in a user namespace keys are its own.
   */
  PROCESS_LIMITS(
      Guarantee.PROCESSES_UNREACHABLE,
      Strength.PARTIAL,
      "only limits and priorities of other processes and the caller's keys are denied, and with them those of the command's own children",
      "limits and priorities of other processes, and the caller's keys, are denied by a filter where they share the host's pids"),
  /**
   * Underneath no_new_privs, which binds this command and nobody who runs what it leaves. Who holds
   * capabilities could give a file capabilities as well.
   */
  SET_ID_FILES(
      Guarantee.PRIVILEGE_GAIN,
      Strength.PARTIAL,
      "only that root leaves setuid and setgid files is denied",
      "no setuid or setgid file is left to others where root runs without capabilities: a filter denies such modes"),
  PROCESSES_UNREACHABLE(
      Guarantee.PROCESSES_UNREACHABLE,
      Strength.PARTIAL,
      "the calls that trace are denied, but signals and /proc/PID/mem reach those of the same user",
      "unreachable processes without a pid namespace or a scope are a filter on tracing");

  /** The acts of {@code verify} that the caveats speak of. */
  private static final Map<SeccompMechanism, Set<String>> LEFT_OPEN =
      Map.of(
          // Sockets on which interfaces could be asked for are denied, too.
          NETWORK,
          Set.of("connect-abstract", "interfaces", "own-loopback"),
          NETWORK_FAMILIES,
          Set.of("connect-tcp", "echo-udp", "connect-abstract", "interfaces", "own-loopback"),
          IPC,
          Set.of("own-segment"),
          PROCESS_LIMITS,
          Set.of("signal-process", "trace-process", "open-write", "open-read"),
          SET_ID_FILES,
          Set.of(),
          PROCESSES_UNREACHABLE,
          Set.of("signal-process", "open-write", "open-read"));

  private static final Map<SeccompMechanism, Effect> EFFECTS =
      Map.of(
          PROCESS_LIMITS,
          Effect.CONFINES_KEYS,
          PROCESSES_UNREACHABLE,
          Effect.CONFINES_KEYS,
          SET_ID_FILES,
          Effect.DENIES_SET_ID_MODES);

  /** Behind the mechanisms of the other backends. */
  private static final int RANK = 150;

  /** A fact of the backend that makes namespaces. */
  private static final String PID_NAMESPACE = "namespace.pid";

  private static final MissingFeature OWN_PIDS =
      MissingFeature.of("a pid namespace leaves nobody else to be limited");

  private static final MissingFeature NOTHING_TO_LEAVE =
      MissingFeature.of(
          "files are left to others where root runs, without capabilities, in a tree of which it has a part");

  private final Guarantee guarantee;
  private final Strength strength;
  private final String caveat;
  private final String rule;

  SeccompMechanism(Guarantee guarantee, Strength strength, String caveat, String rule) {
    this.guarantee = guarantee;
    this.strength = strength;
    this.caveat = caveat;
    this.rule = rule;
  }

  Guarantee guarantee() {
    return guarantee;
  }

  /** Unique together with the guarantee. */
  String id() {
    return switch (this) {
      case NETWORK_FAMILIES -> SeccompBackend.SECCOMP + "-vsock";
      case PROCESS_LIMITS -> SeccompBackend.SECCOMP + "-limits";
      case DESTINATION_FAMILIES -> SeccompBackend.SECCOMP + "-families";
      case SET_ID_FILES -> SeccompBackend.SECCOMP + "-set-id";
      default -> SeccompBackend.SECCOMP;
    };
  }

  /** What is denied for {@code profile}. */
  List<SystemCallRule> denials(Profile profile) {
    return this == SYSCALLS
        ? SeccompRules.named(profile.privileges().deniedSystemCalls())
        : denialsForAll();
  }

  private List<SystemCallRule> denialsForAll() {
    return switch (this) {
      case USER_NAMESPACES -> SeccompRules.userNamespaces();
      case NETWORK -> SeccompRules.network();
      case NETWORK_FAMILIES -> SeccompRules.unconfinedFamilies();
      case DESTINATION_FAMILIES -> SeccompRules.otherThanTcpAndUdp();
      case TERMINAL -> SeccompRules.terminalInput();
      case SYSCALLS -> List.of();
      case IPC -> SeccompRules.ipc();
      case PROCESS_LIMITS -> SeccompRules.otherProcesses();
      case SET_ID_FILES -> SeccompRules.setIdModes();
      case PROCESSES_UNREACHABLE ->
          Stream.concat(SeccompRules.tracing().stream(), SeccompRules.otherProcesses().stream())
              .toList();
    };
  }

  Mechanism mechanism() {
    Mechanism.Builder builder =
        Mechanism.named(id(), guarantee, strength)
            .needs(SeccompBackend.FILTER)
            .needs(this::isAtHand, SeccompBackend.NO_LIBRARY)
            .rank(reinforces() ? RANK : Mechanism.ORDINARY / 2)
            .caveat(caveat)
            .rule(rule);
    Optional.ofNullable(LEFT_OPEN.get(this))
        .ifPresent(acts -> builder.leavesOpen(acts.toArray(String[]::new)));
    Optional.ofNullable(EFFECTS.get(this)).ifPresent(effect -> builder.effects(effect));
    if (this == PROCESS_LIMITS) {
      builder.needs((profile, facts) -> sharesPids(profile, facts), OWN_PIDS);
    }
    if (this == SET_ID_FILES) {
      builder.needs(SeccompMechanism::leavesFilesOfRoot, NOTHING_TO_LEAVE);
    }
    return (reinforces() ? builder.reinforcing() : builder).build();
  }

  /** The rules of those whose rules are the same for all profiles. */
  static List<List<SystemCallRule>> fixedDenials() {
    return Arrays.stream(values())
        .filter(mechanism -> mechanism != SYSCALLS)
        .map(SeccompMechanism::denialsForAll)
        .toList();
  }

  /** Whether these can be had without libseccomp. */
  static boolean areShipped(FilterStore store) {
    return fixedDenials().stream().allMatch(store::has);
  }

  private boolean isAtHand(Profile profile, HostFacts facts) {
    boolean listed = this == SYSCALLS && profile.privileges().systemCalls().isListed();
    List<SystemCallRule> denials = denials(profile);
    boolean compiles =
        facts.has(SeccompBackend.LIBRARY)
            && facts.value(SeccompBackend.LIBRARY) != SeccompBackend.SHIPPED_ALONE;
    return compiles || (!listed && (denials.isEmpty() || FilterStore.shipped().has(denials)));
  }

  private boolean reinforces() {
    return strength == Strength.FULL
        || this == NETWORK_FAMILIES
        || this == DESTINATION_FAMILIES
        || this == SET_ID_FILES
        || this == PROCESS_LIMITS;
  }

  private static boolean leavesFilesOfRoot(Profile profile, HostFacts facts) {
    return facts.has(SeccompBackend.OWNER)
        && facts.value(SeccompBackend.OWNER) != 0
        && profile.files().unlisted() != FileAccess.Unlisted.ALLOWED
        && profile.privileges().noCapabilities()
        && !profile.privileges().capabilities().contains(Capability.SETFCAP);
  }

  private static boolean sharesPids(Profile profile, HostFacts facts) {
    return profile.separation().inPlace() || !facts.has(PID_NAMESPACE);
  }
}
