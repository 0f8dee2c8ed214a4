package dev.hexe.policy.api.profile;

/** The part of a guarantee that is enforced. The natural order goes from weakest to strongest. */
public enum Strength {
  /** Nothing enforces it. */
  NONE,
  /** A cooperating program obeys it. */
  ADVISORY,
  /** The kernel enforces part of it; the decision's caveat says what is left out. */
  PARTIAL,
  /** The kernel enforces exactly what is written. */
  FULL;

  /** Whether this is as strong as {@code other}, or stronger. */
  public boolean reaches(Strength other) {
    return compareTo(other) >= 0;
  }
}
