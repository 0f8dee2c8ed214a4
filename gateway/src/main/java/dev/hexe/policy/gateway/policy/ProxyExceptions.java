package dev.hexe.policy.gateway.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The hosts that {@code no_proxy} excepts: domains with all below them, addresses, networks such as
 * {@code 10.0.0.0/8}, each with a port or without, and {@code *}.
 */
public final class ProxyExceptions {
  /** Where no port is meant in particular: what is excepted at one alone is not. */
  public static final int ANY_PORT = 0;

  private final List<Entry> all;

  private record Entry(String host, Optional<Network> network, String port) {
    boolean holds(String wanted, Optional<Network> address, int wantedPort) {
      if (!port.isEmpty() && !port.equals(String.valueOf(wantedPort))) {
        return false;
      }
      if (network.isPresent()) {
        return address.filter(network.get()::contains).isPresent();
      }
      return host.equals("*") || wanted.equals(host) || wanted.endsWith("." + host);
    }
  }

  /** As the variable has them, with commas or spaces between. */
  public ProxyExceptions(String text) {
    all =
        Arrays.stream(text.toLowerCase(Locale.ROOT).split("[, ]+"))
            .filter(word -> !word.isEmpty())
            .map(ProxyExceptions::entry)
            .toList();
  }

  /** Whether a host is reached without the proxy. */
  public boolean hold(String host, int port) {
    Optional<Network> address = network(host);
    return all.stream().anyMatch(it -> it.holds(host, address, port));
  }

  private static Entry entry(String word) {
    int colon = word.lastIndexOf(':');
    boolean hasPort = colon >= 0 && (word.indexOf(':') == colon || word.charAt(colon - 1) == ']');
    String host = hasPort ? word.substring(0, colon) : word;
    String bare = host.startsWith(".") ? host.substring(1) : host.replaceAll("[\\[\\]]", "");
    return new Entry(bare, network(bare), hasPort ? word.substring(colon + 1) : "");
  }

  /** What is none is a name, or nothing that any host is called. */
  private static Optional<Network> network(String text) {
    try {
      return Optional.of(Network.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
