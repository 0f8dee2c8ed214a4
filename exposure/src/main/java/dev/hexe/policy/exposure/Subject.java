package dev.hexe.policy.exposure;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Strength;
import java.util.List;

/**
 * A sandbox as far as it is known without looking at files.
 *
 * @param profile what must hold
 * @param decisions how it is held
 * @param grants what of the host's files is reached; empty where that is not known
 * @param caller for whom
 * @param facts what the host offers
 * @param dropsGroups whether the plan drops the supplementary groups
 */
public record Subject(
    Profile profile,
    Decisions decisions,
    List<PathGrant> grants,
    Caller caller,
    HostFacts facts,
    boolean dropsGroups) {
  /** Copies the grants. */
  public Subject {
    grants = List.copyOf(grants);
  }

  /** How strongly a guarantee is held; {@code NONE} where the profile does not ask for it. */
  Strength strength(Guarantee guarantee) {
    return decisions.of(guarantee).map(Decision::strength).orElse(Strength.NONE);
  }

  boolean isFull(Guarantee guarantee) {
    return strength(guarantee) == Strength.FULL;
  }

  /**
   * What is left out of a guarantee that is held in part; empty where it is held in full or not.
   */
  String caveat(Guarantee guarantee) {
    return decisions.of(guarantee).flatMap(Decision::chosen).map(it -> it.caveat()).orElse("");
  }

  /**
   * An exposure that {@code guarantee} would close. It counts half where that is held in part;
   * where the profile asks for it in vain, it is the host that has to be mended.
   */
  Exposure unless(Guarantee guarantee, Exposure exposure) {
    if (decisions.of(guarantee).isEmpty()) {
      return exposure;
    }
    Exposure promised = exposure.closedBy(Kind.WEAK_GUARANTEES.close());
    return strength(guarantee) == Strength.NONE
        ? promised
        : promised.lessened(guarantee.id() + " is enforced in part: " + caveat(guarantee));
  }
}
