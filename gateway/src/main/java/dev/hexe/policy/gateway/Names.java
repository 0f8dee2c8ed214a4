package dev.hexe.policy.gateway;

import dev.hexe.policy.gateway.share.Memory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The addresses that stand for names in one sandbox. Names that are listed have theirs from the
 * start; one that a wildcard allows gets the next one when it is asked for, as long as there are
 * any. Of such a one its number is kept, not its addresses: a sandbox may ask for very many.
 */
final class Names {
  /** As many as fit into the upper half of the synthetic networks. */
  static final int MOST = 0xffff;

  private static final byte[] PREFIX_4 = {(byte) 198, 19, 0, 0};
  private static final byte[] PREFIX_6 = {
    (byte) 0xfd, 0x68, 0x65, 0x78, 0x65, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0
  };

  /** What one takes beside its letters. */
  private static final int COST = 128;

  private final Map<String, List<InetAddress>> listed;
  private final Map<InetAddress, String> listedNames = new HashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> made = new ArrayList<>();
  private final Memory.Part memory;

  Names(Map<String, List<InetAddress>> listed, Memory.Part memory) {
    this.listed = Map.copyOf(listed);
    this.memory = memory;
    listed.forEach((name, both) -> both.forEach(address -> listedNames.put(address, name)));
  }

  /** An IPv4 and an IPv6 address for the name; empty where there are no more. */
  Optional<List<InetAddress>> of(String name) {
    List<InetAddress> known = listed.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    Integer number = numbers.get(name);
    return number == null ? next(name) : Optional.of(addresses(number));
  }

  private Optional<List<InetAddress>> next(String name) {
    if (made.size() == MOST || !memory.take(COST + name.length())) {
      return Optional.empty();
    }
    made.add(name);
    numbers.put(name, made.size());
    return Optional.of(addresses(made.size()));
  }

  /** The name that an address stands for. */
  Optional<String> at(InetAddress address) {
    String known = listedNames.get(address);
    return known != null ? Optional.of(known) : made(address.getAddress());
  }

  private Optional<String> made(byte[] address) {
    byte[] prefix = address.length == PREFIX_4.length ? PREFIX_4 : PREFIX_6;
    int rest = prefix.length - Short.BYTES;
    if (!Arrays.equals(address, 0, rest, prefix, 0, rest)) {
      return Optional.empty();
    }
    int number =
        Byte.toUnsignedInt(address[rest]) << Byte.SIZE | Byte.toUnsignedInt(address[rest + 1]);
    return number > 0 && number <= made.size()
        ? Optional.of(made.get(number - 1))
        : Optional.empty();
  }

  private static List<InetAddress> addresses(int number) {
    return List.of(numbered(PREFIX_4, number), numbered(PREFIX_6, number));
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
