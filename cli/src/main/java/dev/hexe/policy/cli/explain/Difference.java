package dev.hexe.policy.cli.explain;

/**
 * Something that holds for one profile and not for the other.
 *
 * @param section the kind of thing
 * @param name which one
 * @param left how it is with the first profile; empty where it is not at all
 * @param right how it is with the second
 */
public record Difference(Section section, String name, String left, String right) {
  /** The kinds of things that are compared, in the order of the report. */
  public enum Section {
    SETTINGS,
    PATHS,
    GUARANTEES,
    LIMITS,
    EXPOSURES
  }
}
