package dev.hexe.policy.verification.trials;

import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.verification.Act;
import dev.hexe.policy.verification.Expectation;
import dev.hexe.policy.verification.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the trials of one guarantee. */
public final class TrialList {
  private final Guarantee guarantee;
  private final List<Trial> trials = new ArrayList<>();

  public TrialList(Guarantee guarantee) {
    this.guarantee = guarantee;
  }

  public TrialList add(Expectation expectation, String act, Object... arguments) {
    return add(expectation, Act.of(act, arguments));
  }

  public TrialList add(Expectation expectation, Act act) {
    trials.add(Trial.of(guarantee, act, expectation));
    return this;
  }

  /** An act on something that is there on some hosts only. */
  TrialList addIf(Optional<String> argument, Expectation expectation, String act) {
    return argument.isPresent()
        ? add(expectation, act, argument.get())
        : omit(expectation, act, "this host has nothing of the kind");
  }

  TrialList omit(Expectation expectation, String act, String reason) {
    trials.add(Trial.impossible(guarantee, act, expectation, reason));
    return this;
  }

  public List<Trial> all() {
    return List.copyOf(trials);
  }
}
