package dev.hexe.policy.exposure;

import java.util.List;

/**
 * Something a sandbox leaves open.
 *
 * @param kind what
 * @param evidence what was seen of it: paths, ports, names; never a value
 * @param makeable what is not there and can be made
 * @param because why it counts half; empty where it counts in full
 * @param close what would close it
 */
public record Exposure(
    ExposureKind kind, List<String> evidence, List<String> makeable, String because, String close) {
  /** Copies the lists. */
  public Exposure {
    evidence = List.copyOf(evidence);
    makeable = List.copyOf(makeable);
  }

  /** An exposure that counts in full. */
  static Exposure of(ExposureKind kind, List<String> evidence) {
    return of(kind, evidence, List.of());
  }

  /** An exposure that counts in full, of things that are there and things that can be made. */
  static Exposure of(ExposureKind kind, List<String> evidence, List<String> makeable) {
    return new Exposure(kind, evidence, makeable, "", kind.close());
  }

  /** An exposure that counts in full and has nothing to show. */
  static Exposure of(ExposureKind kind) {
    return of(kind, List.of());
  }

  /** The same, counting half because something stands in its way. */
  Exposure lessened(String reason) {
    return new Exposure(kind, evidence, makeable, reason, close);
  }

  /** The same, closed by something else than the kind's usual way. */
  Exposure closedBy(String way) {
    return new Exposure(kind, evidence, makeable, because, way);
  }

  /** What it counts, in tenths; half is rounded up. */
  public int weight() {
    return because.isEmpty() ? kind.weight() : (kind.weight() + 1) / 2;
  }

  /** Whether it alone lets the command act outside in the end. */
  public boolean wayOut() {
    return kind.wayOut() && because.isEmpty();
  }
}
