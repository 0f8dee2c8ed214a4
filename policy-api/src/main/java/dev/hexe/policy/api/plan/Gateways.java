package dev.hexe.policy.api.plan;

import dev.hexe.policy.api.network.Destination.Protocol;
import java.util.List;
import java.util.Locale;

/** Actions that put a gateway between the sandbox and the network, see {@code docs/network.md}. */
public final class Gateways {
  private static final long CONNECTOR = 1;
  private static final long MAY_BE_MISSING = 1;

  private Gateways() {}

  /**
   * Connects to the user's gateway, and starts it where none runs.
   *
   * @param policy what it is to let through
   * @param variables names of those of the caller's variables that it is told
   */
  public static Action gateway(String policy, List<String> variables) {
    return Action.of(
        Opcode.GATEWAY,
        "ask the gateway, which starts where none runs",
        Operand.of(policy),
        Operand.of(String.join(" ", variables)));
  }

  /** Makes a network local, see {@code RTN_LOCAL} in {@code rtnetlink(7)}. */
  public static Action localRoute(String network) {
    return Action.of(
        Opcode.LOCAL_ROUTE,
        "addresses in " + network + " are local",
        Operand.of(network),
        Operand.of(missing(network)));
  }

  /** Listens on a port of the sandbox. */
  public static Action listen(Protocol protocol, String address, int port) {
    String name = protocol.name().toLowerCase(Locale.ROOT);
    return Action.of(
        Opcode.LISTEN,
        "listen on %s %s port %d".formatted(name, address, port),
        Operand.of(name),
        Operand.of(address),
        Operand.of(port),
        Operand.of(missing(address)));
  }

  /** Not every kernel speaks IPv6. */
  private static long missing(String address) {
    return address.indexOf(':') >= 0 ? MAY_BE_MISSING : 0;
  }

  /**
   * Hands the gateway all that listens.
   *
   * @param connector whether the first process connects to ports inside on request
   */
  public static Action handOver(boolean connector) {
    return Action.of(
        Opcode.GATEWAY_HAND_OVER,
        "hand the gateway what listens" + (connector ? ", and connect to ports for it" : ""),
        Operand.of(connector ? CONNECTOR : 0));
  }

  /** Waits for what the gateway says to that; without its consent nothing runs. */
  public static Action answer() {
    return Action.of(Opcode.GATEWAY_ANSWER, "wait until the gateway agrees");
  }

  /** Asks whether sockets tell which network namespace they are of; for probes. */
  public static Action networkCookieQuery() {
    return Action.of(Opcode.NETWORK_COOKIE_QUERY, "ask for the cookie of a network namespace");
  }
}
