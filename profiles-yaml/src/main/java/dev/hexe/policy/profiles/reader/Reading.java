package dev.hexe.policy.profiles.reader;

import dev.hexe.policy.api.profile.Origin;
import java.util.List;
import java.util.Optional;

/**
 * The value that stands behind a key.
 *
 * @param said the single value, or the items
 * @param only where it is said that these take the place of what a base profile says
 */
public record Reading<E>(List<Said<E>> said, Optional<Origin> only) {
  /** Copies the list. */
  public Reading {
    said = List.copyOf(said);
  }

  /** A value, of which there is one. */
  static <E> Reading<E> single(Said<E> value) {
    return new Reading<>(List.of(value), Optional.of(value.origin()));
  }

  /** Items beside those that were said before. */
  static <E> Reading<E> more(List<Said<E>> items) {
    return new Reading<>(items, Optional.empty());
  }
}
