package dev.hexe.policy.cli.why;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The narrowest change of a policy that allows something.
 *
 * @param option for one run, as the shell takes it
 * @param yaml for a profile that extends the one at hand: a line for each of its keys
 * @param listing what it adds to a list; empty where it does something else
 */
public record Fix(String option, String yaml, Optional<Listing> listing) {
  /**
   * Entries of a list of a profile.
   *
   * @param option the option that adds one
   * @param key the list's, in {@code files}
   * @param words the entries as the shell takes them
   * @param values the same as values of a profile
   */
  record Listing(String option, String key, List<String> words, List<String> values) {
    private Fix fix() {
      return new Fix(
          words.stream().map(word -> option + " " + word).collect(Collectors.joining(" ")),
          "files: {" + key + ": [" + String.join(", ", values) + "]}",
          Optional.of(this));
    }

    private boolean isOfSameList(Listing other) {
      return option.equals(other.option) && key.equals(other.key);
    }

    private Listing and(Listing other) {
      return new Listing(option, key, both(words, other.words), both(values, other.values));
    }

    private static List<String> both(List<String> some, List<String> others) {
      return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }
  }

  Fix(String option, String yaml) {
    this(option, yaml, Optional.empty());
  }

  /** A list of a profile, and the option that adds to it. */
  static Fix listing(String option, String key, String path, String home) {
    return new Listing(
            option, key, List.of(Paths.forShell(path, home)), List.of(Paths.forYaml(path, home)))
        .fix();
  }

  /** The same once the caller has done something outside. */
  Fix after(String command) {
    return new Fix("(outside: " + command + ") " + option, yaml);
  }

  /** What allows both; this alone where they are no entries of one list. */
  Fix and(Fix other) {
    return listing
        .filter(it -> other.listing.filter(it::isOfSameList).isPresent())
        .flatMap(it -> other.listing.map(it::and))
        .map(Listing::fix)
        .orElse(this);
  }
}
