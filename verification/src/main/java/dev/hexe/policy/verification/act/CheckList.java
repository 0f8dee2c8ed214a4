package dev.hexe.policy.verification.act;

import dev.hexe.policy.api.profile.Guarantee;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the trials of one guarantee. */
public final class CheckList {
  private final Guarantee guarantee;
  private final List<Check> trials = new ArrayList<>();

  public CheckList(Guarantee guarantee) {
    this.guarantee = guarantee;
  }

  public CheckList add(Expectation expectation, String act, Object... arguments) {
    return add(expectation, Act.of(act, arguments));
  }

  public CheckList add(Expectation expectation, Act act) {
    trials.add(Check.of(guarantee, act, expectation));
    return this;
  }

  /** An act on something that is there on some hosts only. */
  public CheckList addIf(Optional<String> argument, Expectation expectation, String act) {
    return argument.isPresent()
        ? add(expectation, act, argument.get())
        : omit(expectation, act, "this host has nothing of the kind");
  }

  public CheckList omit(Expectation expectation, String act, String reason) {
    trials.add(Check.impossible(guarantee, act, expectation, reason));
    return this;
  }

  public List<Check> all() {
    return List.copyOf(trials);
  }
}
