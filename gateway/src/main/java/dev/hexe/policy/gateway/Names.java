package dev.hexe.policy.gateway;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The addresses that stand for names in one sandbox. Names that are listed have theirs from the
 * start; one that a wildcard allows gets the next one when it is asked for, as long as there are
 * any.
 */
final class Names {
  /** As many as fit into the upper half of the synthetic networks. */
  static final int MOST = 0xffff;

  private static final byte[] PREFIX_4 = {(byte) 198, 19, 0, 0};
  private static final byte[] PREFIX_6 = {
    (byte) 0xfd, 0x68, 0x65, 0x78, 0x65, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0
  };

  private final Map<String, List<InetAddress>> addresses;
  private final Map<InetAddress, String> names = new HashMap<>();
  private int made;

  Names(Map<String, List<InetAddress>> listed) {
    addresses = new HashMap<>(listed);
    listed.forEach((name, both) -> both.forEach(address -> names.put(address, name)));
  }

  /** An IPv4 and an IPv6 address for the name; empty where there are no more. */
  Optional<List<InetAddress>> of(String name) {
    List<InetAddress> known = addresses.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    if (made == MOST) {
      return Optional.empty();
    }
    made++;
    List<InetAddress> both = List.of(numbered(PREFIX_4, made), numbered(PREFIX_6, made));
    addresses.put(name, both);
    both.forEach(address -> names.put(address, name));
    return Optional.of(both);
  }

  /** The name that an address stands for. */
  Optional<String> at(InetAddress address) {
    return Optional.ofNullable(names.get(address));
  }

  private static InetAddress numbered(byte[] prefix, int number) {
    byte[] bytes = prefix.clone();
    bytes[bytes.length - 2] = (byte) (number >>> Byte.SIZE);
    bytes[bytes.length - 1] = (byte) number;
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
