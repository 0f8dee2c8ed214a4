package dev.hexe.policy.engine;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Surroundings;
import dev.hexe.policy.api.profile.Environment;
import java.util.ArrayList;
import java.util.List;

/** What is done with the environment. Nothing on the host decides about it. */
final class EnvironmentPlan {
  private EnvironmentPlan() {}

  static List<Action> of(Environment environment) {
    List<Action> actions = new ArrayList<>();
    environment
        .filters()
        .forEach(
            filter -> actions.add(Surroundings.filterEnvironment(filter.drop(), filter.keep())));
    environment.set().forEach((name, value) -> actions.add(Surroundings.setenv(name, value)));
    return actions;
  }
}
