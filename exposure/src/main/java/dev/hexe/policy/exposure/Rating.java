package dev.hexe.policy.exposure;

/** A score in a word. */
public enum Rating {
  SAFE(10),
  OK(30),
  EXPOSED(60),
  UNSAFE(101);

  private final int below;

  Rating(int below) {
    this.below = below;
  }

  /** The rating of a score in tenths; with a way out it is never better than {@link #EXPOSED}. */
  static Rating of(int score, boolean hasWayOut) {
    if (hasWayOut && score < OK.below) {
      return EXPOSED;
    }
    for (Rating rating : values()) {
      if (score < rating.below) {
        return rating;
      }
    }
    return UNSAFE;
  }
}
