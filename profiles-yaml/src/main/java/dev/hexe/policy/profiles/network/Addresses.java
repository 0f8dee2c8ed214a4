package dev.hexe.policy.profiles.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Address literals in their usual notation. Nothing here asks the domain name system. */
public final class Addresses {
  private static final Pattern IPV4 =
      Pattern.compile(
          "(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})");

  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  private static final int MAPPED_PREFIX = 12;

  private Addresses() {}

  /** True of a text that is an address, and no name. */
  public static boolean isAddress(String text) {
    return parse(text).isPresent();
  }

  /** The bytes of an address; empty where the text is none. An IPv4 one in IPv6 is the former. */
  static Optional<byte[]> parse(String text) {
    if (text.indexOf(':') < 0) {
      return ipv4(text);
    }
    if (!IPV6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      // With a colon and nothing but digits it is a literal, which is not looked up.
      return Optional.of(unmapped(InetAddress.getByName(text).getAddress()));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> ipv4(String text) {
    Matcher matcher = IPV4.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    byte[] bytes = new byte[4];
    for (int i = 0; i < bytes.length; i++) {
      int part = Integer.parseInt(matcher.group(i + 1));
      if (part > 0xff) {
        return Optional.empty();
      }
      bytes[i] = (byte) part;
    }
    return Optional.of(bytes);
  }

  private static byte[] unmapped(byte[] address) {
    boolean mapped = address.length == 16 && address[10] == -1 && address[11] == -1;
    for (int i = 0; mapped && i < MAPPED_PREFIX - 2; i++) {
      mapped = address[i] == 0;
    }
    return mapped ? java.util.Arrays.copyOfRange(address, MAPPED_PREFIX, 16) : address;
  }

  /** The usual notation. */
  static String text(byte[] address) {
    try {
      return InetAddress.getByAddress(address).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
    }
  }

  /** The address with every bit behind the first {@code prefix} cleared. */
  static byte[] network(byte[] address, int prefix) {
    byte[] network = address.clone();
    for (int bit = prefix; bit < network.length * 8; bit++) {
      network[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
    }
    return network;
  }
}
