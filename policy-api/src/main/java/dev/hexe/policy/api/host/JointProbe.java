package dev.hexe.policy.api.host;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Processes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Several questions in one plan, so that the host is asked by one child and not by one for each. A
 * question is answered where all actions up to its end succeeded: those of its own {@link Probe},
 * in their order, and others. Behind the first failure nothing is answered, and each question is
 * asked by its own probe, which says what is missing.
 *
 * @param facts the names of the facts, in the order in which they are established
 * @param actions what to try, with {@link Processes#probed()} at the end of each question
 */
public record JointProbe(List<String> facts, List<Action> actions) {
  /** Copies the lists. */
  public JointProbe {
    facts = List.copyOf(facts);
    actions = List.copyOf(actions);
  }

  /** The actions up to the end of the question for one of its facts, and no answers. */
  public List<Action> actionsFor(String fact) {
    List<Action> before = new ArrayList<>();
    int answers = 0;
    for (Action action : actions) {
      if (!action.equals(Processes.probed())) {
        before.add(action);
      } else if (facts.get(answers++).equals(fact)) {
        return before;
      }
    }
    throw new IllegalArgumentException("nothing here asks for `" + fact + "`");
  }

  /** A probe that begins with these actions. */
  public static Builder beginning(List<Action> actions) {
    return new Builder().then(actions);
  }

  /** Puts one together. */
  public static final class Builder {
    private final List<String> facts = new ArrayList<>();
    private final List<Action> actions = new ArrayList<>();

    private Builder() {}

    /** Tries these next. */
    public Builder then(List<Action> more) {
      actions.addAll(more);
      return this;
    }

    /** Tries these next. */
    public Builder then(Action... more) {
      return then(Arrays.asList(more));
    }

    /** Where all so far succeeded, these facts are available. */
    public Builder answering(String... established) {
      for (String fact : established) {
        facts.add(fact);
        actions.add(Processes.probed());
      }
      return this;
    }

    /** The probe. */
    public JointProbe build() {
      return new JointProbe(facts, actions);
    }
  }
}
