package dev.hexe.policy.backend.network;

import dev.hexe.policy.api.network.Destination;
import dev.hexe.policy.api.network.Destination.Protocol;
import dev.hexe.policy.api.network.DestinationHost;
import dev.hexe.policy.api.network.DestinationHost.Below;
import dev.hexe.policy.api.network.DestinationHost.Loopback;
import dev.hexe.policy.api.network.DestinationHost.Name;
import dev.hexe.policy.api.network.DestinationHost.Network;
import dev.hexe.policy.api.network.NetworkAccess;
import dev.hexe.policy.api.network.SyntheticAddresses;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Gateways;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The listening sockets inside. A port of single hosts is open at their addresses alone, so that
 * another port, and the same one of the sandbox's own loopback, behaves as if nobody were there.
 * One that a wildcard or a network has, or very many hosts, is open at all addresses, and the
 * gateway refuses; so is every port at which somebody is asked about what is not listed.
 */
final class Listeners {
  private static final int NAME_SERVICE = 53;
  private static final int MOST_SINGLE = 32;

  /** What most programs talk to, where the user is asked, beside the ports that are listed. */
  private static final List<Integer> ASKED = List.of(22, 80, 443);

  private final SyntheticAddresses addresses;
  private final boolean asks;
  private final TreeMap<Integer, Set<DestinationHost>> tcp = new TreeMap<>();
  private final TreeMap<Integer, Set<DestinationHost>> udp = new TreeMap<>();

  Listeners(NetworkAccess access, SyntheticAddresses addresses) {
    this.addresses = addresses;
    asks = access.asks();
    if (asks) {
      ASKED.forEach(port -> tcp.put(port, new LinkedHashSet<>()));
    }
    for (Destination destination : access.allow()) {
      TreeMap<Integer, Set<DestinationHost>> ports =
          destination.protocol() == Protocol.TCP ? tcp : udp;
      destination
          .ports()
          .forEach(
              port ->
                  ports
                      .computeIfAbsent(port, any -> new LinkedHashSet<>())
                      .add(destination.host()));
    }
  }

  List<Action> actions() {
    List<Action> actions = new ArrayList<>();
    actions.add(Gateways.listen(Protocol.UDP, "127.0.0.1", NAME_SERVICE));
    if (!tcp.containsKey(NAME_SERVICE) || !isEverywhere(NAME_SERVICE)) {
      actions.add(Gateways.listen(Protocol.TCP, "127.0.0.1", NAME_SERVICE));
    }
    tcp.forEach((port, hosts) -> actions.addAll(tcp(port, hosts)));
    udp.forEach((port, hosts) -> actions.addAll(single(Protocol.UDP, port, hosts)));
    return actions;
  }

  private List<Action> tcp(int port, Set<DestinationHost> hosts) {
    return isEverywhere(port)
        ? List.of(
            Gateways.listen(Protocol.TCP, "0.0.0.0", port),
            Gateways.listen(Protocol.TCP, "::", port))
        : single(Protocol.TCP, port, hosts);
  }

  /** The use of a port on the sandbox's own loopback, where no service inside can have it. */
  Optional<String> onLoopback(int port) {
    if (port == NAME_SERVICE) {
      return Optional.of("questions about names");
    }
    boolean isPassedOn =
        tcp.getOrDefault(port, Set.of()).stream().anyMatch(Loopback.class::isInstance);
    if (isPassedOn) {
      return Optional.of("`localhost:" + port + "`");
    }
    return isEverywhere(port)
        ? Optional.of("what is allowed at all addresses, or may be asked about")
        : Optional.empty();
  }

  private boolean isEverywhere(int port) {
    Set<DestinationHost> hosts = tcp.getOrDefault(port, Set.of());
    return isAsked(port, hosts)
        || hosts.size() > MOST_SINGLE
        || hosts.stream().anyMatch(Listeners::isMany);
  }

  /** A port that is listed for the loopback alone stays free for the sandbox's own services. */
  private boolean isAsked(int port, Set<DestinationHost> hosts) {
    return asks
        && (ASKED.contains(port) || hosts.stream().anyMatch(host -> !(host instanceof Loopback)));
  }

  private static boolean isMany(DestinationHost host) {
    return host instanceof Below || (host instanceof Network network && !network.isSingle());
  }

  private List<Action> single(Protocol protocol, int port, Set<DestinationHost> hosts) {
    return hosts.stream()
        .flatMap(host -> addresses(host).stream())
        .distinct()
        .map(address -> Gateways.listen(protocol, address, port))
        .toList();
  }

  private List<String> addresses(DestinationHost host) {
    if (host instanceof Name name) {
      int index = addresses.index(name);
      return List.of(SyntheticAddresses.ipv4(index), SyntheticAddresses.ipv6(index));
    }
    if (host instanceof Loopback) {
      return List.of("127.0.0.1", "::1");
    }
    return host instanceof Network network ? List.of(network.address()) : List.of();
  }
}
