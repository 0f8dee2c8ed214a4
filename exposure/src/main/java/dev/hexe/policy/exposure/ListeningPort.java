package dev.hexe.policy.exposure;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A TCP port of this host on which somebody listens, see {@code proc_net(5)}.
 *
 * @param loopback whether it is open to this host alone
 * @param number the port
 */
record ListeningPort(boolean loopback, int number) {
  private static final String LISTEN = "0A";
  private static final int ADDRESS = 1;
  private static final int STATE = 3;
  private static final String LOOPBACK6 = "00000000000000000000000001000000";

  /** The port in a line of {@code /proc/net/tcp}; empty where nobody listens. */
  static Optional<ListeningPort> of(String line) {
    String[] fields = line.trim().split(" +", -1);
    if (fields.length <= STATE || !fields[STATE].equals(LISTEN)) {
      return Optional.empty();
    }
    String[] address = fields[ADDRESS].split(":", -1);
    // The address is in the byte order of the machine: 127.0.0.1 ends in its first byte.
    boolean loopback = address[0].equals(LOOPBACK6) || address[0].matches("[0-9A-F]{6}7F");
    return Optional.of(new ListeningPort(loopback, Integer.parseInt(address[1], 16)));
  }

  @Override
  public String toString() {
    return "port " + number + (loopback ? " (loopback)" : "");
  }

  // Made by hand: the JDK makes these of method handles at the first use, which takes milliseconds.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ListeningPort that
        && loopback == that.loopback
        && number == that.number;
  }

  @Override
  public int hashCode() {
    return 31 * Boolean.hashCode(loopback) + number;
  }
}
