package dev.hexe.policy.backend.seccomp;

import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Strength;
import java.util.Arrays;
import java.util.List;

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
  PROCESSES_UNREACHABLE(
      Guarantee.PROCESSES_UNREACHABLE,
      Strength.PARTIAL,
      "the calls that trace are denied, but signals and /proc/PID/mem reach those of the same user",
      "unreachable processes without a pid namespace or a scope are a filter on tracing");

  /** Behind the mechanisms of the other backends. */
  private static final int RANK = 150;

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
    return this == NETWORK_FAMILIES ? SeccompBackend.SECCOMP + "-vsock" : SeccompBackend.SECCOMP;
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
      case TERMINAL -> SeccompRules.terminalInput();
      case SYSCALLS -> List.of();
      case IPC -> SeccompRules.ipc();
      case PROCESSES_UNREACHABLE -> SeccompRules.tracing();
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
    return facts.has(SeccompBackend.LIBRARY)
        && (facts.value(SeccompBackend.LIBRARY) != SeccompBackend.SHIPPED_ALONE
            || FilterStore.shipped().has(denials(profile)));
  }

  private boolean reinforces() {
    return strength == Strength.FULL || this == NETWORK_FAMILIES;
  }
}
