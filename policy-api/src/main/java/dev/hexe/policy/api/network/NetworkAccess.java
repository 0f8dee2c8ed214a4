package dev.hexe.policy.api.network;

import java.util.List;

/**
 * The access of a command to the network.
 *
 * @param mode whether it is everything, nothing, or what is listed
 * @param allow what is listed
 * @param deny what is refused nevertheless
 * @param publish ports of the sandbox that the host can reach
 * @param logging what is written down of it
 * @param checkedNames whether a TLS connection that names no server is refused as well
 * @param asks whether the user is asked about what is not listed
 */
public record NetworkAccess(
    Mode mode,
    List<Destination> allow,
    List<Destination> deny,
    List<PublishedPort> publish,
    Logging logging,
    boolean checkedNames,
    boolean asks) {
  /** The host's network. */
  public static final NetworkAccess HOST = unlisted(Mode.HOST);

  /** An own loopback, and nothing else. */
  public static final NetworkAccess NONE = unlisted(Mode.NONE);

  /** The extent of the access. */
  public enum Mode {
    HOST,
    NONE,
    LISTED
  }

  /** The extent of the log. */
  public enum Logging {
    NONE,
    /** What was refused, and each destination that was allowed, once. */
    DECISIONS,
    /** Each connection, with how much went over it. */
    CONNECTIONS
  }

  /** Copies the lists. */
  public NetworkAccess {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
    publish = List.copyOf(publish);
  }

  private static NetworkAccess unlisted(Mode mode) {
    return new NetworkAccess(
        mode, List.of(), List.of(), List.of(), Logging.DECISIONS, false, false);
  }

  /** The same where nobody is asked: what is not listed is refused. */
  public NetworkAccess withoutQuestions() {
    return new NetworkAccess(mode, allow, deny, publish, logging, checkedNames, false);
  }

  /** Whether there is nothing but an own loopback. */
  public boolean none() {
    return mode == Mode.NONE;
  }

  /** Whether what is listed can be reached, and nothing else. */
  public boolean listed() {
    return mode == Mode.LISTED;
  }
}
