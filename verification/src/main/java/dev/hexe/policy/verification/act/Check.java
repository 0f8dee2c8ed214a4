package dev.hexe.policy.verification.act;

import dev.hexe.policy.api.profile.Guarantee;

/**
 * An act that shows whether a guarantee is kept.
 *
 * @param guarantee what is promised
 * @param act what is tried
 * @param expectation what has to come of it where the promise is kept in full
 * @param reason why it cannot be tried here; empty where it can
 */
public record Check(Guarantee guarantee, Act act, Expectation expectation, String reason) {
  /** A trial that can be made. */
  public static Check of(Guarantee guarantee, Act act, Expectation expectation) {
    return new Check(guarantee, act, expectation, "");
  }

  /** A trial that cannot be made here. */
  public static Check impossible(
      Guarantee guarantee, String act, Expectation expectation, String reason) {
    return new Check(guarantee, Act.inWords(act), expectation, reason);
  }
}
