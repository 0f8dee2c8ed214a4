package dev.hexe.policy.api.profile;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The fate of the caller's environment variables. Names may be patterns, in which {@code *} stands
 * for any number of characters. What names a variable exactly counts over a pattern, and among
 * equals what removes it counts.
 *
 * @param clear whether all are removed but those in {@code keep}
 * @param keep names and patterns of those that stay
 * @param unset names and patterns of those that are removed
 * @param spare names that patterns in {@code unset} do not mean
 * @param set variables that are set in the end
 */
public record Environment(
    boolean clear,
    List<String> keep,
    List<String> unset,
    List<String> spare,
    Map<String, String> set) {
  /** The caller's, as it is. */
  public static final Environment HOST =
      new Environment(false, List.of(), List.of(), List.of(), Map.of());

  private static final String ANY = "*";

  /** It says where the command is, not how its caller is set up. */
  private static final String WHERE = "PWD";

  /** Copies; what is set comes in order. */
  public Environment {
    keep = List.copyOf(keep);
    unset = List.copyOf(unset);
    spare = List.copyOf(spare);
    set = Collections.unmodifiableMap(new TreeMap<>(set));
  }

  /** Whether a variable of the caller's reaches the command with its value. */
  public boolean passes(String name) {
    return !set.containsKey(name) && filters().stream().noneMatch(filter -> filter.removes(name));
  }

  /** What removes variables, one step after another. */
  public List<Filter> filters() {
    return Stream.of(
            new Filter(
                clear ? List.of(ANY) : List.of(),
                Stream.concat(keep.stream(), Stream.of(WHERE)).toList()),
            new Filter(
                patterns(unset), Stream.concat(names(keep).stream(), spare.stream()).toList()),
            new Filter(names(unset), List.of()))
        .filter(filter -> !filter.drop().isEmpty())
        .toList();
  }

  /**
   * A step that removes variables.
   *
   * @param drop names and patterns of those to be removed
   * @param keep names and patterns of those that stay nevertheless
   */
  public record Filter(List<String> drop, List<String> keep) {
    /** Copies. */
    public Filter {
      drop = List.copyOf(drop);
      keep = List.copyOf(keep);
    }

    /** Whether it removes a variable. */
    public boolean removes(String name) {
      return matches(drop, name) && !matches(keep, name);
    }
  }

  /** Whether one of the patterns means a variable. */
  public static boolean matches(List<String> patterns, String name) {
    return patterns.stream().anyMatch(pattern -> matches(pattern, name));
  }

  private static boolean matches(String pattern, String name) {
    int star = pattern.indexOf(ANY);
    if (star < 0) {
      return pattern.equals(name);
    }
    if (!name.startsWith(pattern.substring(0, star))) {
      return false;
    }
    String rest = pattern.substring(star + 1);
    return IntStream.rangeClosed(star, name.length())
        .anyMatch(from -> matches(rest, name.substring(from)));
  }

  private static List<String> patterns(List<String> list) {
    return list.stream().filter(item -> item.contains(ANY)).toList();
  }

  private static List<String> names(List<String> list) {
    return list.stream().filter(item -> !item.contains(ANY)).toList();
  }
}
