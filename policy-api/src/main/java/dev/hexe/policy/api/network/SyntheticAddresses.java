package dev.hexe.policy.api.network;

import dev.hexe.policy.api.network.DestinationHost.Name;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Addresses that stand for listed names inside. The networks are for nobody: one is for benchmarks
 * (RFC 2544), the other a local prefix (RFC 4193). The upper half of each is the gateway's, for
 * names that a wildcard allows.
 */
public final class SyntheticAddresses {
  public static final String NETWORK_4 = "198.18.0.0/15";
  public static final String NETWORK_6 = "fd68:6578:6500::/64";
  private static final int FIRST = 2;
  private static final int BYTE = 256;

  private final Map<String, Integer> indices = new LinkedHashMap<>();

  /** One for each name that is allowed. */
  public SyntheticAddresses(NetworkAccess access) {
    access.allow().stream()
        .map(Destination::host)
        .filter(Name.class::isInstance)
        .map(DestinationHost::text)
        .forEach(name -> indices.putIfAbsent(name, indices.size() + FIRST));
  }

  /** The number of each name. */
  public Map<String, Integer> indices() {
    return Collections.unmodifiableMap(indices);
  }

  /** The number of a name, or 0. */
  public int index(Name name) {
    return indices.getOrDefault(name.name(), 0);
  }

  /** The listed name that an address stands for. */
  public Optional<String> nameAt(String address) {
    return indices.entrySet().stream()
        .filter(it -> address.equals(ipv4(it.getValue())) || address.equals(ipv6(it.getValue())))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Whether an address stands for a name, listed or below a wildcard, and for no host. */
  public static boolean isSynthetic(String address) {
    return address.matches("198\\.1[89]\\..*|fd68:6578:6500:(0:|:).*");
  }

  /** The address of version 4 with this number. */
  public static String ipv4(int index) {
    return "198.18.%d.%d".formatted(index / BYTE, index % BYTE);
  }

  /** The address of version 6 with this number. */
  public static String ipv6(int index) {
    return "fd68:6578:6500::%x".formatted(index);
  }
}
