package dev.hexe.policy.gateway;

import java.net.InetAddress;
import java.util.List;

/**
 * The end of a search for a name.
 *
 * @param addresses its own; none where it has none, or where that is not known
 * @param known whether somebody knew the name, or that there is no such name
 */
record Found(List<InetAddress> addresses, boolean known) {
  /** There is no such name. */
  static final Found NOTHING = new Found(List.of(), true);

  /** Nobody could tell; a moment later somebody may. */
  static final Found UNKNOWN = new Found(List.of(), false);

  /** At least one address. */
  static Found of(InetAddress... addresses) {
    return new Found(List.of(addresses), true);
  }

  /** In words, where there is no address. */
  String reason() {
    return known ? "the name does not resolve" : "the name cannot be looked up at the moment";
  }
}
