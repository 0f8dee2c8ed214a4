package dev.hexe.policy.gateway.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Addresses that begin with the same bits.
 *
 * @param address the first one
 * @param prefix how many bits count
 */
public record Network(InetAddress address, int prefix) {
  /** Anything else with digits and dots would be looked up as a name. */
  private static final Pattern LITERAL =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /** Reads {@code 10.0.0.0/8}; without a prefix it is a single address. */
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    InetAddress address = literal(slash < 0 ? text : text.substring(0, slash));
    int bits = address.getAddress().length * Byte.SIZE;
    int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
    if (prefix < 0 || prefix > bits) {
      throw new IllegalArgumentException("`" + text + "` is not a network");
    }
    return new Network(address, prefix);
  }

  /** An address from its notation; nothing is looked up. */
  public static InetAddress literal(String text) {
    if (!LITERAL.matcher(text).matches()) {
      throw new IllegalArgumentException("`" + text + "` is not an address");
    }
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("`" + text + "` is not an address", e);
    }
  }

  /** Whether {@code other} is one of them. */
  public boolean contains(InetAddress other) {
    return sameBits(address.getAddress(), other.getAddress(), prefix);
  }

  /** Whether all of {@code other} is in this one. */
  public boolean contains(Network other) {
    return prefix <= other.prefix && contains(other.address);
  }

  private static boolean sameBits(byte[] one, byte[] other, int bits) {
    int whole = bits / Byte.SIZE;
    if (one.length != other.length || !Arrays.equals(one, 0, whole, other, 0, whole)) {
      return false;
    }
    int rest = bits % Byte.SIZE;
    return rest == 0 || ((one[whole] ^ other[whole]) & 0xff) >>> (Byte.SIZE - rest) == 0;
  }
}
