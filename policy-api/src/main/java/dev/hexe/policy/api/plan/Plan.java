package dev.hexe.policy.api.plan;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * An ordered list of actions, ready for the launcher.
 *
 * @param actions in the order of execution
 */
public record Plan(List<Action> actions) {
  /** Copies the actions. */
  public Plan {
    actions = List.copyOf(actions);
  }

  /** A plan that runs these actions by phase; within a phase their order stays. */
  public static Plan inPhases(Stream<Action> actions) {
    return new Plan(actions.sorted(Comparator.comparing(Action::phase)).toList());
  }
}
