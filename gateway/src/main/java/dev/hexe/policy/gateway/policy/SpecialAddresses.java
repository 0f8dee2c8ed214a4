package dev.hexe.policy.gateway.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Addresses that no name may lead to by itself, because they are of this host, of its neighbours or
 * of its cloud: whoever has a name can have it resolve to them.
 */
public final class SpecialAddresses {
  private static final Map<Network, String> CLASSES = classes();
  private static final Network SYNTHETIC = Network.parse("fd68:6578:6500::/64");
  private static final Network MAPPED = Network.parse("0:0:0:0:0:0:0:0/96");
  private static final Network TRANSLATED = Network.parse("64:ff9b::/96");
  private static final Network SIX_TO_FOUR = Network.parse("2002::/16");

  private SpecialAddresses() {}

  private static Map<Network, String> classes() {
    String[][] known = {
      {"0.0.0.0/8", "an unspecified address"},
      {"10.0.0.0/8", "private"},
      {"100.64.0.0/10", "private"},
      {"127.0.0.0/8", "a loopback address"},
      {"168.63.129.16/32", "a cloud's own"},
      {"169.254.0.0/16", "link-local"},
      {"172.16.0.0/12", "private"},
      {"192.0.0.0/24", "reserved"},
      {"192.168.0.0/16", "private"},
      {"198.18.0.0/15", "an address of sandboxes"},
      {"224.0.0.0/4", "a multicast address"},
      {"240.0.0.0/4", "reserved"},
      {"::/128", "an unspecified address"},
      {"::1/128", "a loopback address"},
      {"64:ff9b:1::/48", "private"},
      {"fc00::/7", "private"},
      {"fe80::/10", "link-local"},
      {"fec0::/10", "private"},
      {"ff00::/8", "a multicast address"},
      {"2001::/32", "a tunnel's"},
      // All that is not 2000::/3, of which the Internet is made.
      {"::/3", "reserved"},
      {"4000::/2", "reserved"},
      {"8000::/1", "reserved"},
    };
    Map<Network, String> classes = new LinkedHashMap<>();
    for (String[] entry : known) {
      classes.put(Network.parse(entry[0]), entry[1]);
    }
    return classes;
  }

  /** What kind of address it is, or empty for one of the Internet. */
  public static Optional<String> kind(InetAddress address) {
    return first(embedded(address)).map(Map.Entry::getValue);
  }

  /** The narrowest kind comes first. */
  private static Optional<Map.Entry<Network, String>> first(InetAddress real) {
    return CLASSES.entrySet().stream().filter(entry -> entry.getKey().contains(real)).findFirst();
  }

  /** Whether somebody may be asked about it: one of the Internet, or of a private network. */
  public static boolean mayBeAsked(InetAddress address) {
    boolean synthetic = SYNTHETIC.contains(address);
    return !synthetic && kind(address).map("private"::equals).orElse(true);
  }

  /**
   * Whether a network means a special address in it: whether it holds nothing of another kind. A
   * wider one was written with the Internet in mind.
   */
  public static boolean means(Network network, InetAddress address) {
    return first(embedded(address))
        .filter(entry -> entry.getKey().contains(embedded(network)))
        .isPresent();
  }

  /** The IPv4 address that a translator would make of it, or the address itself. */
  public static InetAddress embedded(InetAddress address) {
    return embedded(new Network(address, address.getAddress().length * Byte.SIZE)).address();
  }

  private static Network embedded(Network network) {
    byte[] bytes = network.address().getAddress();
    int at = bytes.length == 4 || isOfThisHost(network) ? 0 : start(network);
    if (at == 0) {
      return network;
    }
    try {
      InetAddress address = InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + 4));
      return new Network(address, Math.min(Integer.SIZE, network.prefix() - at * Byte.SIZE));
    } catch (UnknownHostException e) {
      return network;
    }
  }

  /** The byte at which an IPv4 address begins, or 0. */
  private static int start(Network network) {
    if (MAPPED.contains(network) || TRANSLATED.contains(network)) {
      return 12;
    }
    return SIX_TO_FOUR.contains(network) ? 2 : 0;
  }

  /** {@code ::} and {@code ::1}, which look as if they held one. */
  private static boolean isOfThisHost(Network network) {
    return CLASSES.keySet().stream()
        .anyMatch(kind -> kind.prefix() == 128 && kind.contains(network));
  }
}
