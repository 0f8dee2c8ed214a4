package dev.hexe.policy.api.network;

import dev.hexe.policy.api.network.DestinationHost.Below;
import dev.hexe.policy.api.network.DestinationHost.Name;
import dev.hexe.policy.api.network.DestinationHost.Network;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Destinations that others cover. Names are compared with names: what they lead to is not known.
 */
public final class Coverage {
  private Coverage() {}

  /** Whether all of one is meant by the other. */
  public static boolean covers(Destination whole, Destination part) {
    boolean ports =
        whole.ports().isEmpty()
            || (!part.ports().isEmpty() && whole.ports().containsAll(part.ports()));
    boolean protocol = whole.ports().isEmpty() || whole.protocol() == part.protocol();
    return ports && protocol && covers(whole.host(), part.host());
  }

  /** Whether something is meant by both, as far as it can be seen. */
  public static boolean meets(Destination one, Destination other) {
    boolean ports =
        one.ports().isEmpty()
            || other.ports().isEmpty()
            || one.ports().stream().anyMatch(other.ports()::contains);
    return ports
        && (covers(one.host(), other.host())
            || covers(other.host(), one.host())
            || mixed(one, other));
  }

  /** A name may lead to any address. */
  private static boolean mixed(Destination one, Destination other) {
    return one.host() instanceof Network != other.host() instanceof Network;
  }

  private static boolean covers(DestinationHost whole, DestinationHost part) {
    if (whole instanceof Below below && part instanceof Name name) {
      return isBelow(name.name(), below.domain());
    }
    if (whole instanceof Below below && part instanceof Below other) {
      return other.equals(below) || isBelow(other.domain(), below.domain());
    }
    if (whole instanceof Network network && part instanceof Network other) {
      return network.version() == other.version()
          && network.prefix() <= other.prefix()
          && start(network, network.prefix()).equals(start(other, network.prefix()));
    }
    return whole.equals(part);
  }

  private static boolean isBelow(String name, String domain) {
    return domain.isEmpty() ? !name.isEmpty() : name.endsWith("." + domain);
  }

  private static BigInteger start(Network network, int prefix) {
    try {
      byte[] address = InetAddress.getByName(network.address()).getAddress();
      return new BigInteger(1, address).shiftRight(address.length * 8 - prefix);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(network.address() + " is no address", e);
    }
  }
}
