package dev.hexe.policy.cli.host;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.profile.Strength;
import java.util.Comparator;
import java.util.Optional;

/** The verdict on a profile on a host. */
public enum Verdict {
  /** Everything is enforced exactly as written. */
  FULL("enforced in full", Strength.FULL),
  /** Something is weaker than it could be, and the profile is content with it. */
  ACCEPTED("enforced as asked", Strength.FULL),
  /** It runs, with warnings. */
  DEGRADED("degraded", Strength.PARTIAL),
  /** It does not run. */
  REFUSED("refused", Strength.NONE);

  private final String words;
  private final Strength likeness;

  Verdict(String words, Strength likeness) {
    this.words = words;
    this.likeness = likeness;
  }

  /** The verdict that decisions amount to. */
  public static Verdict of(Decisions decisions) {
    if (!decisions.refusals().isEmpty()) {
      return REFUSED;
    }
    if (!decisions.all().stream().allMatch(Decision::satisfied)) {
      return DEGRADED;
    }
    return weakest(decisions).isPresent() ? ACCEPTED : FULL;
  }

  /** The decision that costs most, or empty where everything is enforced in full. */
  static Optional<Decision> weakest(Decisions decisions) {
    return decisions.all().stream()
        .filter(decision -> decision.strength() != Strength.FULL)
        .min(
            Comparator.comparing(Decision::refuses)
                .reversed()
                .thenComparing(Decision::satisfied)
                .thenComparing(Decision::strength));
  }

  /** For people. */
  public String words() {
    return words;
  }

  /** A strength that looks the same in output. */
  Strength likeness() {
    return likeness;
  }
}
