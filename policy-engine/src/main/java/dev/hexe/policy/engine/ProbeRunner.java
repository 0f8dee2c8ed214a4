package dev.hexe.policy.engine;

import dev.hexe.policy.api.host.Outcome;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.engine.rules.PolicyException;
import java.util.List;

/** Tries tiny plans on this host. */
@FunctionalInterface
public interface ProbeRunner {
  /**
   * Runs each plan in a process of its own.
   *
   * @return an outcome for each plan, in the same order
   * @throws PolicyException where the plans could not be run at all
   */
  List<Outcome> run(List<Plan> plans);
}
