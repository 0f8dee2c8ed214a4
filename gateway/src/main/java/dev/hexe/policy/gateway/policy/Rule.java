package dev.hexe.policy.gateway.policy;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A destination that is allowed or denied.
 *
 * @param protocol {@code tcp}, {@code udp}, or {@code *} for both
 * @param ports none for all of them
 * @param host a name, {@code *.DOMAIN}, {@code *}, a network or {@code localhost}
 * @param network what {@code host} is where it is one
 * @param text the rule in the words of a profile
 */
public record Rule(
    String protocol, Set<Integer> ports, String host, Optional<Network> network, String text) {
  private static final String ANY = "*";
  private static final String BELOW = "*.";
  private static final int WORDS = 3;

  /** Copies the ports. */
  public Rule {
    ports = Set.copyOf(ports);
  }

  /**
   * Reads {@code tcp 80,443 example.org}.
   *
   * @throws IllegalArgumentException where it is none
   */
  static Rule parse(String text) {
    String[] words = text.split(" ", -1);
    if (words.length != WORDS || !Set.of("tcp", "udp", ANY).contains(words[0])) {
      throw new IllegalArgumentException("`" + text + "` is not a rule");
    }
    Set<Integer> ports =
        words[1].equals(ANY)
            ? Set.of()
            : Arrays.stream(words[1].split(",")).map(Integer::valueOf).collect(Collectors.toSet());
    boolean isNetwork = words[2].indexOf('/') >= 0;
    Optional<Network> network = isNetwork ? Optional.of(Network.parse(words[2])) : Optional.empty();
    String shown = words[2] + (ports.isEmpty() ? "" : ":" + words[1]);
    return new Rule(
        words[0], ports, words[2], network, words[0].equals("udp") ? shown + "/udp" : shown);
  }

  private boolean isFor(String wantedProtocol, int port) {
    return (protocol.equals(ANY) || protocol.equals(wantedProtocol))
        && (ports.isEmpty() || ports.contains(port));
  }

  /** Whether it speaks of this name, whatever the port. */
  boolean names(String name) {
    if (network.isPresent() || isLoopback()) {
      return false;
    }
    return host.equals(ANY)
        || host.equals(name)
        || (host.startsWith(BELOW) && name.endsWith(host.substring(1)));
  }

  boolean covers(String name, String wantedProtocol, int port) {
    return isFor(wantedProtocol, port) && names(name);
  }

  boolean covers(InetAddress address, String wantedProtocol, int port) {
    return isFor(wantedProtocol, port) && network.filter(it -> it.contains(address)).isPresent();
  }

  /** The same for what is denied: also by an address that a translator makes another one of. */
  boolean denies(InetAddress address, String wantedProtocol, int port) {
    return covers(address, wantedProtocol, port)
        || covers(SpecialAddresses.embedded(address), wantedProtocol, port);
  }

  boolean coversLoopback(String wantedProtocol, int port) {
    return isFor(wantedProtocol, port) && isLoopback();
  }

  /** Whether it speaks of one address. */
  boolean isSingle() {
    return network
        .filter(it -> it.prefix() == it.address().getAddress().length * Byte.SIZE)
        .isPresent();
  }

  private boolean isLoopback() {
    return host.equals("localhost");
  }
}
