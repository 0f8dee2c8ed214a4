package dev.hexe.policy.api.network;

import java.util.List;

/**
 * Something on a network that a command may reach, or may not.
 *
 * @param host where it is
 * @param protocol how it is spoken to
 * @param ports the ports, in ascending order; none where all are meant, which only a refusal may
 * @param text as the user wrote it
 */
public record Destination(
    DestinationHost host, Protocol protocol, List<Integer> ports, String text) {
  /** The transport protocols that can be listed. */
  public enum Protocol {
    TCP,
    UDP
  }

  /** Sorts the ports. */
  public Destination {
    ports = ports.stream().distinct().sorted().toList();
  }

  /** Whether it is one single host with a name. */
  public boolean isName() {
    return host instanceof DestinationHost.Name;
  }
}
