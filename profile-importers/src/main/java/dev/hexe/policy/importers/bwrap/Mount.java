package dev.hexe.policy.importers.bwrap;

import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.importers.report.Place;
import java.util.List;
import java.util.Map;

/**
 * Something that is put at a path.
 *
 * @param option what did it
 * @param said as it was written
 * @param source what is put there, where that is a path or a text; else empty
 * @param at where
 * @param details {@code size}, {@code mode}, {@code upper}, {@code work}
 * @param layers directories of an overlay, the lowest first
 */
record Mount(
    Place place,
    String option,
    String said,
    String source,
    String at,
    Map<String, String> details,
    List<String> layers) {
  Mount {
    details = Map.copyOf(details);
    layers = List.copyOf(layers);
  }

  /** Whether it covers what {@code other} has put into place. */
  boolean covers(Mount other) {
    return PathRule.isIn(other.at, at);
  }

  boolean isOptional() {
    return option.endsWith("-try");
  }

  /** The option without the end that makes it optional. */
  String plainOption() {
    return isOptional() ? option.substring(0, option.length() - "-try".length()) : option;
  }
}
