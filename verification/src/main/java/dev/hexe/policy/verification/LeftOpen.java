package dev.hexe.policy.verification;

import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.profile.Guarantee;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The acts that the caveats of partial mechanisms speak of, where these do not say it themselves. A
 * partial mechanism of which nobody says it leaves open whatever it does not forbid.
 */
final class LeftOpen {
  private record Key(String mechanism, Guarantee guarantee) {}

  private static final Map<Key, Set<String>> ACTS =
      Map.ofEntries(
          // Seen by stat and the like; a socket is not opened but connected to.
          entry("landlock", Guarantee.FILES, "stat", "connect-unix", "truncate"),
          entry("landlock", Guarantee.READ_ONLY, "truncate"),
          entry("landlock-siblings", Guarantee.PROTECTED, "change-mode", "truncate"),
          entry("landlock-siblings", Guarantee.HIDDEN),
          entry("landlock-siblings", Guarantee.NEXT_RUN, "change-mode", "truncate"),
          // What loads or interprets it is not tried: that is reading.
          entry("landlock", Guarantee.NO_EXECUTE),
          entry("landlock-read-only", Guarantee.LAYOUT, "change-mode"),
          entry("landlock-private-directory", Guarantee.TMP, "stat", "fill"),
          entry("landlock-devices", Guarantee.DEVICES, "other-devices"),
          entry(
              "landlock-without-proc",
              Guarantee.PROCESSES_INVISIBLE,
              "see-process",
              "guess-process"),
          // A command that knows where its control group is could lift the limit; the acts do not.
          entry("cgroup", Guarantee.MEMORY),
          entry("cgroup", Guarantee.PIDS),
          entry("cgroup", Guarantee.CPU),
          entry("cgroup", Guarantee.CPUS),
          entry("cgroup", Guarantee.IO),
          entry("systemd-scope", Guarantee.MEMORY),
          entry("systemd-scope", Guarantee.PIDS),
          entry("systemd-scope", Guarantee.CPU),
          entry("systemd-scope", Guarantee.CPUS),
          entry("systemd-scope", Guarantee.IO),
          entry("rlimit-address-space", Guarantee.MEMORY),
          entry("rlimit-processes", Guarantee.PIDS),
          // Who may not change groups brings them along.
          entry("user-namespace", Guarantee.IDENTITY, "other-groups"),
          entry("root-alone", Guarantee.IDENTITY, "other-groups"),
          // Without a filter, or a library to make one.
          entry("network-namespace", Guarantee.NETWORK, "socket"),
          entry(
              "landlock-domain",
              Guarantee.PROCESSES_UNREACHABLE,
              "signal-process",
              "limit-process",
              "slow-process-down",
              "move-process",
              "find-key"),
          entry(
              "landlock-scope",
              Guarantee.PROCESSES_UNREACHABLE,
              "limit-process",
              "slow-process-down",
              "move-process",
              "find-key"),
          entry("seccomp-set-id", Guarantee.PRIVILEGE_GAIN),
          entry(
              "seccomp-limits",
              Guarantee.PROCESSES_UNREACHABLE,
              "signal-process",
              "trace-process",
              "open-write",
              "open-read"),
          entry(
              "seccomp",
              Guarantee.PROCESSES_UNREACHABLE,
              "signal-process",
              "open-write",
              "open-read"),
          entry(
              "landlock-tcp",
              Guarantee.NETWORK,
              "echo-udp",
              "connect-abstract",
              "interfaces",
              "socket",
              "own-loopback"),
          entry(
              "seccomp-vsock",
              Guarantee.NETWORK,
              "connect-tcp",
              "echo-udp",
              "connect-abstract",
              "interfaces",
              "own-loopback"),
          // Without a filter: families that are in no network namespace.
          entry("gateway", Guarantee.DESTINATIONS, "socket"),
          entry(
              "landlock-ports",
              Guarantee.DESTINATIONS,
              "resolve",
              "reach",
              "connect",
              "send",
              "echo-udp",
              "connect-abstract",
              "interfaces",
              "socket",
              "own-loopback"),
          // Sockets on which interfaces could be asked for are denied, too.
          entry("seccomp", Guarantee.NETWORK, "connect-abstract", "interfaces", "own-loopback"),
          entry("seccomp", Guarantee.IPC, "own-segment"),
          entry(
              "landlock-abstract-scope",
              Guarantee.IPC,
              "get-segment",
              "attach-segment",
              "open-queue"));

  private LeftOpen() {}

  private static Map.Entry<Key, Set<String>> entry(
      String mechanism, Guarantee guarantee, String... acts) {
    return Map.entry(new Key(mechanism, guarantee), Set.of(acts));
  }

  /** Whether {@code mechanism} says that it does not forbid {@code act}. */
  static boolean says(Mechanism mechanism, Act act) {
    return mechanism
        .leftOpen()
        .or(() -> Optional.ofNullable(ACTS.get(new Key(mechanism.id(), mechanism.guarantee()))))
        .map(acts -> acts.contains(act.name()))
        .orElse(true);
  }
}
