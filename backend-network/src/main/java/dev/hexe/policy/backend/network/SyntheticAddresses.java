package dev.hexe.policy.backend.network;

import dev.hexe.policy.api.network.DestinationHost.Name;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Addresses that stand for names inside. The networks are for nobody: one is for benchmarks (RFC
 * 2544), the other a local prefix (RFC 4193). The upper half of each is the gateway's, for names
 * that a wildcard allows.
 */
final class SyntheticAddresses {
  static final String NETWORK_4 = "198.18.0.0/15";
  static final String NETWORK_6 = "fd68:6578:6500::/64";
  private static final int BYTE = 256;

  private final Map<String, Integer> indices = new LinkedHashMap<>();

  /** One for each of these names. */
  SyntheticAddresses(Collection<Name> names) {
    names.forEach(name -> indices.putIfAbsent(name.name(), indices.size() + 2));
  }

  /** The number of each name. */
  Map<String, Integer> indices() {
    return indices;
  }

  int index(Name name) {
    return indices.getOrDefault(name.name(), 0);
  }

  static String ipv4(int index) {
    return "198.18.%d.%d".formatted(index / BYTE, index % BYTE);
  }

  static String ipv6(int index) {
    return "fd68:6578:6500::%x".formatted(index);
  }
}
