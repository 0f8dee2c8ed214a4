package dev.hexe.policy.verification;

import dev.hexe.policy.api.profile.Guarantee;

/**
 * An act that shows whether a guarantee is kept.
 *
 * @param guarantee what is promised
 * @param act what is tried
 * @param expectation what has to come of it where the promise is kept in full
 * @param reason why it cannot be tried here; empty where it can
 */
public record Trial(Guarantee guarantee, Act act, Expectation expectation, String reason) {
  /** A trial that can be made. */
  public static Trial of(Guarantee guarantee, Act act, Expectation expectation) {
    return new Trial(guarantee, act, expectation, "");
  }

  /** A trial that cannot be made here. */
  public static Trial impossible(
      Guarantee guarantee, String act, Expectation expectation, String reason) {
    return new Trial(guarantee, Act.inWords(act), expectation, reason);
  }
}
