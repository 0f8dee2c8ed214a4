package dev.hexe.policy.gateway;

import dev.hexe.policy.gateway.policy.Verdict;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;

/**
 * The addresses that this host has itself, those of the Internet among them. Services may be open
 * to it there that are closed to others. Which they are is known when a socket is connected: both
 * ends have the same one then, or, where an interface has several of one network, two of them.
 * Nothing has been said yet.
 */
final class ThisHost {
  private ThisHost() {}

  /** Why a destination that was allowed is none after all; empty where it may be used. */
  static Optional<Verdict> objection(
      Sandbox sandbox, Channel outer, String protocol, String host, int port) {
    return own(outer)
        .filter(address -> !host.equals("localhost") && !isAnswered(sandbox, address, host, port))
        .map(address -> sandbox.policy().rules().ofThisHost(address, protocol, port))
        .filter(verdict -> !verdict.allowed());
  }

  private static Optional<InetAddress> own(Channel outer) {
    return outer.localAddress() instanceof InetSocketAddress here
            && outer.remoteAddress() instanceof InetSocketAddress there
            && (here.getAddress().equals(there.getAddress()) || isOfInterface(there.getAddress()))
        ? Optional.of(there.getAddress())
        : Optional.empty();
  }

  /** What cannot be told is taken for its own. */
  private static boolean isOfInterface(InetAddress address) {
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return true;
    }
  }

  /** Somebody was asked about this very address. */
  private static boolean isAnswered(Sandbox sandbox, InetAddress address, String host, int port) {
    return host.equals(address.getHostAddress()) && sandbox.questions().isAllowed(host, port);
  }
}
