package dev.hexe.policy.cli.why;

import dev.hexe.policy.api.network.NetworkAccess;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.cli.explain.EffectivePolicy;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides over what has no path: sockets, signals, tracing, privileges, limits. */
final class CallRules {
  private static final long NEW_USER_NAMESPACE = 0x10000000L;

  private static final Fix NESTING =
      new Fix("--nesting", "privileges: {nesting: allowed, user-namespaces: allowed}");

  /** The port of DNS. */
  private static final int NAMES = 53;

  private static final Pattern IDS = Pattern.compile("set(re|res)?[ug]id|setgroups");

  private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,63})");

  private final EffectivePolicy policy;
  private final Statements statements;
  private final Denials denials;
  private final DestinationRules destinations;
  private final IdentityRules identities;
  private final LimitRules limits;
  private final PrivilegeRules privileges;

  CallRules(EffectivePolicy policy) {
    this.policy = policy;
    this.statements = new Statements(policy.provenance());
    this.denials = new Denials(policy, statements);
    this.destinations = new DestinationRules(policy);
    this.identities = new IdentityRules(policy);
    this.limits = new LimitRules(policy);
    this.privileges = new PrivilegeRules(policy);
  }

  /** Of a call without a path; empty where the policy has nothing to do with it. */
  Optional<Refusal> judge(Observed it) {
    return switch (it.want()) {
      case "connect", "send", "bind" -> ofNetwork(it);
      case "signal" -> Optional.of(ofSignal(it));
      case "trace" -> Optional.of(ofTracing(it));
      case "filtered" -> ofFilter(it);
      case "ipc" -> ofIpc(it);
      case "start" -> limits.processes(it);
      case "limit" -> limits.judge(it);
      case "gain" -> privileges.ofProgram(it);
      default -> Optional.of(ofCall(it));
    };
  }

  private Optional<Refusal> ofNetwork(Observed it) {
    if (it.port() == 0) {
      return it.address().isEmpty()
          ? Optional.empty()
          : Optional.of(
              denials.refusal(
                  it,
                  "the abstract socket @" + it.address(),
                  policy.profile().separation().noNetwork()
                      ? Guarantee.NETWORK
                      : Guarantee.PROCESSES_UNREACHABLE,
                  policy.profile().separation().noNetwork() ? "network" : "processes.reach-others",
                  "abstract sockets of other processes are out of reach"
                      + SocketServices.at(it.address()).map(known -> "; it is " + known).orElse(""),
                  policy.profile().separation().noNetwork()
                      ? new Fix("--network=host", "network: host")
                      : new Fix("", "processes: {reach-others: allowed}")));
    }
    boolean ipv6 = it.address().contains(":");
    String host = ipv6 ? "[" + it.address() + "]" : it.address();
    boolean loopback = it.address().startsWith("127.") || it.address().equals("::1");
    String destination = (loopback ? "localhost" : host) + ":" + it.port();
    if (it.want().equals("bind")) {
      return Optional.of(
          denials.refusal(
              it,
              host + ":" + it.port(),
              Guarantee.CAPABILITIES,
              "privileges.capabilities",
              isInHostsNetwork()
                  ? "a port below 1024 of the host's network takes a capability there, which nobody inside can have; one from 1024 on takes none"
                  : "ports below 1024 take a capability",
              lowPort()));
    }
    if (policy.profile().separation().network().listed()) {
      return Optional.of(destinations.of(it, host, loopback ? "localhost" : host));
    }
    if (policy.profile().separation().noNetwork() && it.port() == NAMES) {
      return Optional.of(ofNames(it));
    }
    return policy.profile().separation().noNetwork()
        ? Optional.of(
            denials.refusal(
                it,
                host + ":" + it.port(),
                Guarantee.NETWORK,
                "network",
                "there is no network but an own loopback",
                new Fix("--allow " + destination, "network: {allow: [\"" + destination + "\"]}")))
        : Optional.empty();
  }

  /** Which name was meant is not known: the question is not even sent. */
  private Refusal ofNames(Observed it) {
    return denials.refusal(
        it,
        "the host's resolver of names (DNS)",
        Guarantee.NETWORK,
        "network",
        "there is no network but an own loopback, so no name is found; `--allow NAME` finds and reaches one alone, and `hexe-policy learn` lists those that are needed",
        new Fix("--network=host", "network: host"));
  }

  /** In the host's network no capability counts that is held inside. */
  private @Nullable Fix lowPort() {
    return isInHostsNetwork()
        ? null
        : new Fix("--cap-add net_bind_service", "privileges: {capabilities: [net_bind_service]}");
  }

  private boolean isInHostsNetwork() {
    return policy.profile().separation().network().mode() == NetworkAccess.Mode.HOST;
  }

  private Refusal ofSignal(Observed it) {
    boolean invisible = policy.strength(Guarantee.PROCESSES_INVISIBLE) == Strength.FULL;
    return denials.refusal(
        it,
        "process " + it.number(),
        invisible ? Guarantee.PROCESSES_INVISIBLE : Guarantee.PROCESSES_UNREACHABLE,
        invisible ? "processes.others" : "processes.reach-others",
        invisible
            ? "processes outside have no number inside"
            : "processes outside get no signals from inside",
        invisible
            ? new Fix("", "processes: {others: visible, reach-others: allowed}")
            : new Fix("", "processes: {reach-others: allowed}"));
  }

  private Refusal ofTracing(Observed it) {
    if (it.error().equals("ESRCH")) {
      return denials.refusal(
          it,
          "process " + it.number(),
          Guarantee.PROCESSES_INVISIBLE,
          "processes.others",
          "processes outside have no number inside, and can be traced from outside alone",
          null);
    }
    return new Refusal(
        it,
        "tracing a process",
        denials.answer(
            Guarantee.PROCESSES_UNREACHABLE,
            Optional.empty(),
            "`why` traces the command itself, so gdb, strace and their like cannot; without `why` they can",
            new Fix("(run it with `hexe-policy apply`)", "")),
        1);
  }

  private Optional<Refusal> ofIpc(Observed it) {
    return policy.holds(Guarantee.IPC)
        ? Optional.of(
            denials.refusal(
                it,
                it.call().replace("get", "") + " of System V with the key " + it.number(),
                Guarantee.IPC,
                "ipc",
                "the sandbox has its own, and the host's are not there",
                new Fix("", "ipc: host")))
        : Optional.empty();
  }

  /** Of a call that the profile's filter has answered. */
  private Optional<Refusal> ofFilter(Observed it) {
    return switch (it.call()) {
      // The C library asks for the other one then.
      case "clone3" -> Optional.empty();
      case "ioctl" ->
          Optional.of(
              denials.refusal(
                  it,
                  "ioctl() on a terminal",
                  Guarantee.TERMINAL,
                  "terminal",
                  "nothing is typed into the caller's terminal",
                  new Fix("", "terminal: host")));
      case "clone", "unshare", "setns" ->
          Optional.of(
              denials.refusal(
                  it,
                  "a user namespace",
                  Guarantee.USER_NAMESPACES,
                  "privileges.user-namespaces",
                  "none can be made inside",
                  NESTING));
      case "socket" ->
          Optional.of(
              denials.refusal(
                  it,
                  "socket()",
                  policy.profile().separation().noNetwork()
                      ? Guarantee.NETWORK
                      : Guarantee.SYSCALLS,
                  policy.profile().separation().noNetwork() ? "network" : "syscalls.deny",
                  "sockets of this family are not made inside",
                  policy.profile().separation().noNetwork()
                      ? new Fix("--network=host", "network: host")
                      : null));
      default -> Optional.of(ofDeniedCall(it));
    };
  }

  private Refusal ofDeniedCall(Observed it) {
    FilteredCalls filtered =
        new FilteredCalls(policy.profile().privileges(), statements, it.call());
    return new Refusal(
        it,
        it.call() + "()",
        denials.answer(
            Guarantee.SYSCALLS,
            filtered.line(),
            "the profile's filter of system calls answers it",
            filtered.fix().orElse(null)),
        1);
  }

  private Refusal ofCall(Observed it) {
    if (it.error().equals("SIGSYS")) {
      return denials.refusal(
          it,
          "a system call that ends the process",
          Guarantee.SYSCALLS,
          "syscalls.deny",
          "the profile ends who makes it",
          null);
    }
    boolean namespace = it.call().equals("unshare") && (it.number() & NEW_USER_NAMESPACE) != 0;
    if (namespace) {
      return denials.refusal(
          it,
          "a user namespace",
          Guarantee.USER_NAMESPACES,
          "privileges.user-namespaces",
          "none can be made inside",
          NESTING);
    }
    if (it.call().equals("sethostname") && policy.holds(Guarantee.HOSTNAME)) {
      return denials.refusal(
          it,
          "sethostname()",
          Guarantee.HOSTNAME,
          "hostname",
          "the profile alone names the sandbox, and that from the start; the call itself fails with any name",
          HOST_NAME.matcher(it.address()).matches()
              ? new Fix("", "hostname: \"" + it.address() + "\"")
              : null);
    }
    return IDS.matcher(it.call()).matches() ? identities.becoming(it) : privileges.judge(it);
  }
}
