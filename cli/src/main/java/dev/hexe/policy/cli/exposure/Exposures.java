package dev.hexe.policy.cli.exposure;

import java.util.Comparator;
import java.util.List;

/**
 * All that a sandbox leaves open, heaviest first.
 *
 * @param all each
 * @param scope what was looked at to find them
 */
public record Exposures(List<Exposure> all, Scope scope) {
  /** What was looked at. */
  public enum Scope {
    /** The decisions, and the files, sockets and processes of this host. */
    HOST,
    /** The decisions alone. */
    DECISIONS
  }

  /** Sorts. */
  public Exposures {
    all =
        all.stream()
            .sorted(Comparator.comparing(Exposure::weight).reversed().thenComparing(Exposure::kind))
            .toList();
  }

  /** The sum of the weights in tenths, from 0 to 100. */
  public int score() {
    return all.stream().mapToInt(Exposure::weight).sum();
  }

  /** Those that alone let the command act outside in the end. */
  public List<Exposure> waysOut() {
    return all.stream().filter(Exposure::wayOut).toList();
  }

  /** The score in a word. */
  public Rating rating() {
    return Rating.of(score(), !waysOut().isEmpty());
  }
}
