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
    };
    Map<Network, String> classes = new LinkedHashMap<>();
    for (String[] entry : known) {
      classes.put(Network.parse(entry[0]), entry[1]);
    }
    return classes;
  }

  /** What kind of address it is, or empty for one of the Internet. */
  public static Optional<String> kind(InetAddress address) {
    InetAddress real = embedded(address);
    return CLASSES.entrySet().stream()
        .filter(entry -> entry.getKey().contains(real))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Whether somebody may be asked about it: one of the Internet, or of a private network. */
  public static boolean mayBeAsked(InetAddress address) {
    boolean synthetic = SYNTHETIC.contains(address);
    return !synthetic && kind(address).map("private"::equals).orElse(true);
  }

  /** Whether a network is within one kind of special addresses: a wider one does not mean them. */
  public static boolean isWithinOneKind(Network network) {
    return CLASSES.keySet().stream().anyMatch(kind -> kind.contains(network));
  }

  /** The IPv4 address that a translator would make of it. */
  private static InetAddress embedded(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean isLoopback =
        CLASSES.keySet().stream().anyMatch(kind -> kind.prefix() == 128 && kind.contains(address));
    if (bytes.length == 4 || isLoopback) {
      return address;
    }
    if (MAPPED.contains(address) || TRANSLATED.contains(address)) {
      return ipv4(bytes, 12, address);
    }
    return SIX_TO_FOUR.contains(address) ? ipv4(bytes, 2, address) : address;
  }

  private static InetAddress ipv4(byte[] bytes, int from, InetAddress otherwise) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
    } catch (UnknownHostException e) {
      return otherwise;
    }
  }
}
