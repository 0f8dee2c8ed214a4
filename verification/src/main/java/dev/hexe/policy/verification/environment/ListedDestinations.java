package dev.hexe.policy.verification.environment;

import dev.hexe.policy.api.network.Destination;
import dev.hexe.policy.api.network.Destination.Protocol;
import dev.hexe.policy.api.network.DestinationHost;
import dev.hexe.policy.api.network.DestinationHost.Below;
import dev.hexe.policy.api.network.DestinationHost.Loopback;
import dev.hexe.policy.api.network.DestinationHost.Name;
import dev.hexe.policy.api.network.DestinationHost.Network;
import dev.hexe.policy.api.network.NetworkAccess;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;

/** Decides whether a list of destinations speaks of a name or an address. */
public record ListedDestinations(NetworkAccess access) {
  /** Whether the name exists inside. */
  public boolean answers(String name) {
    return access.allow().stream().anyMatch(each -> names(each.host(), name))
        && access.deny().stream()
            .noneMatch(each -> each.ports().isEmpty() && names(each.host(), name));
  }

  /** Whether anything is said of this name and port, be it allowed or denied. */
  public boolean speaksOf(String name, int port) {
    return tcp(port).anyMatch(each -> names(each.host(), name));
  }

  /** Whether anything is said of this address and port. */
  public boolean speaksOf(InetAddress address, int port) {
    return tcp(port).anyMatch(each -> contains(each.host(), address));
  }

  private Stream<Destination> tcp(int port) {
    return Stream.concat(access.allow().stream(), access.deny().stream())
        .filter(each -> each.ports().isEmpty() || each.protocol() == Protocol.TCP)
        .filter(each -> each.ports().isEmpty() || each.ports().contains(port));
  }

  static boolean names(DestinationHost host, String name) {
    return (host instanceof Name single && single.name().equals(name))
        || (host instanceof Below below
            && (below.domain().isEmpty() || name.endsWith("." + below.domain())));
  }

  private static boolean contains(DestinationHost host, InetAddress address) {
    if (host instanceof Loopback) {
      return address.isLoopbackAddress();
    }
    return host instanceof Network network && contains(network, address);
  }

  private static boolean contains(Network network, InetAddress address) {
    byte[] one = literal(network.address()).getAddress();
    byte[] other = address.getAddress();
    int rest = one.length * Byte.SIZE - network.prefix();
    return one.length == other.length && bits(one, rest).equals(bits(other, rest));
  }

  private static BigInteger bits(byte[] address, int without) {
    return new BigInteger(1, address).shiftRight(without);
  }

  /** An address in its usual notation: nothing is looked up. */
  public static InetAddress literal(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("`" + text + "` is not an address", e);
    }
  }
}
