package dev.hexe.policy.verification;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.verification.act.Act;
import dev.hexe.policy.verification.act.Answer;
import dev.hexe.policy.verification.act.Answer.Kind;
import dev.hexe.policy.verification.act.Check;

/** Decides whether answers keep promises. */
final class Assertion {
  private Assertion() {}

  /** Judges an answer. */
  static Judgement of(Check trial, Decision decision, Answer answer) {
    if (answer.kind() == Kind.UNABLE) {
      return Judgement.NOT_TRIED;
    }
    if (trial.expectation().fits().test(answer)) {
      return Judgement.HELD;
    }
    return switch (decision.strength()) {
      case FULL -> Judgement.BROKEN;
      case PARTIAL -> inPart(trial, decision, answer);
      case ADVISORY, NONE -> Judgement.LEFT_OPEN;
    };
  }

  private static Judgement inPart(Check trial, Decision decision, Answer answer) {
    if (trial.expectation().fitsInPart(answer)) {
      return Judgement.HELD;
    }
    return decision.chosen().filter(chosen -> forbids(chosen, trial)).isPresent()
        ? Judgement.BROKEN
        : Judgement.LEFT_OPEN;
  }

  private static boolean forbids(Mechanism chosen, Check trial) {
    return chosen.strength().reaches(Strength.PARTIAL) && !leavesOpen(chosen, trial.act());
  }

  /** Whether its caveat speaks of an act; one that does not say leaves open all of them. */
  private static boolean leavesOpen(Mechanism mechanism, Act act) {
    return mechanism.leftOpen().map(acts -> acts.contains(act.name())).orElse(true);
  }
}
