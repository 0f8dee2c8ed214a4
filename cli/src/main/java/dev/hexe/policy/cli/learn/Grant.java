package dev.hexe.policy.cli.learn;

/**
 * An entry that a command needs.
 *
 * @param place the list it belongs to
 * @param value an absolute path, or a destination
 * @param by the name of the program that asked for it, fit for a comment
 */
public record Grant(Place place, String value, String by) {
  /** Whether another one says the same. */
  boolean isAs(Grant other) {
    return place == other.place && value.equals(other.value);
  }
}
