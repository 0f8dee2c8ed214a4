package dev.hexe.policy.verification;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.verification.act.Answer;
import dev.hexe.policy.verification.act.Check;
import dev.hexe.policy.verification.act.Expectation;

/**
 * The result of one trial.
 *
 * @param trial what was tried
 * @param decision what was promised
 * @param answer what came of it
 * @param judgement whether the promise was kept
 */
public record Finding(Check trial, Decision decision, Answer answer, Judgement judgement) {
  /** What was seen, in a word or two. */
  public String seen() {
    boolean nothing = answer.kind() == Answer.Kind.OK && answer.detail().isEmpty();
    return nothing && trial.expectation().kind() == Expectation.Kind.ASKS ? "none" : answer.seen();
  }
}
