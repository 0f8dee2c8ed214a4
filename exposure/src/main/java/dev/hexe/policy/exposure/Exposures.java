package dev.hexe.policy.exposure;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All that a sandbox leaves open, heaviest first.
 *
 * @param all each
 * @param scope what was looked at to find them
 * @param writableHome the home, where it can be written as a whole
 */
public record Exposures(List<Exposure> all, Scope scope, Optional<String> writableHome) {
  /** What our own kinds make together; those of plug-ins come on top. */
  private static final int MOST = 100;

  /** The extent of an examination. */
  public enum Scope {
    /** The decisions, and the files, sockets and processes of this host. */
    HOST,
    /** The decisions alone. */
    DECISIONS
  }

  /** Those of a sandbox whose home was not looked at, or cannot be written. */
  public Exposures(List<Exposure> all, Scope scope) {
    this(all, scope, Optional.empty());
  }

  /** Sorts. */
  public Exposures {
    all =
        all.stream()
            .sorted(
                Comparator.comparing(Exposure::weight)
                    .reversed()
                    .thenComparing(Exposure::kind, ExposureKind::compare))
            .toList();
  }

  /** The sum of the weights in tenths, from 0 to 100. */
  public int score() {
    return Math.min(MOST, all.stream().mapToInt(Exposure::weight).sum());
  }

  /** Those that alone let the command act outside in the end. */
  public List<Exposure> waysOut() {
    return all.stream().filter(Exposure::wayOut).toList();
  }

  /** The score in a word; no list of names makes a home that can be written safe. */
  public Rating rating() {
    return Rating.of(score(), !waysOut().isEmpty() || writableHome.isPresent());
  }
}
