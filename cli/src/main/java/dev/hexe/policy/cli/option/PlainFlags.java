package dev.hexe.policy.cli.option;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Flags alone, as nearly everybody gives them to a command that reports something. The parser for
 * all arguments takes as long to start as the JVM.
 */
public final class PlainFlags {
  private PlainFlags() {}

  /** Those that were given; empty where there is anything else among the arguments. */
  public static Optional<Set<String>> of(List<String> arguments, Set<String> known) {
    Set<String> given = new HashSet<>(arguments);
    boolean plain = given.size() == arguments.size() && known.containsAll(given);
    return plain ? Optional.of(given) : Optional.empty();
  }
}
