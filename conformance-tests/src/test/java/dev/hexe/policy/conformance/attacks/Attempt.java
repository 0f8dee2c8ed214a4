package dev.hexe.policy.conformance.attacks;

import dev.hexe.policy.conformance.harness.Design;
import dev.hexe.policy.conformance.harness.User;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that is tried inside, and outside for comparison: what fails there, too, shows nothing.
 *
 * @param way what it is an example of
 * @param act as the probe takes it; words in braces stand for what {@link Bait} laid out
 * @param rootAlone whether nobody else could do it outside
 * @param open where no profile promises that it fails, with the reason
 */
public record Attempt(Way way, String act, boolean rootAlone, Map<Design, String> open) {
  static Attempt to(Way way, String act) {
    return new Attempt(way, act, false, Map.of());
  }

  static Attempt asRoot(Way way, String act) {
    return new Attempt(way, act, true, Map.of());
  }

  /** Nothing that a profile of this design promises; it is tried nevertheless, and told. */
  Attempt openIn(Design design, String reason) {
    Map<Design, String> more = new EnumMap<>(Design.class);
    more.putAll(open);
    more.put(design, reason);
    return new Attempt(way, act, rootAlone, more);
  }

  Attempt openEverywhere(String reason) {
    Attempt attempt = this;
    for (Design design : Design.values()) {
      attempt = attempt.openIn(design, reason);
    }
    return attempt;
  }

  boolean isFor(User user) {
    return user == User.ROOT || !rootAlone;
  }

  /** Why nothing is promised here. */
  public Optional<String> reasonToBeOpen(Design design) {
    return Optional.ofNullable(open.get(design));
  }

  @Override
  public String toString() {
    return act;
  }
}
