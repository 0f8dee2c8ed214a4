package dev.hexe.policy.verification;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.EnvironmentActions;
import dev.hexe.policy.api.plan.Opcode;
import dev.hexe.policy.api.plan.Plan;

/**
 * A plan that starts in any directory, because what is tried has absolute paths, and by any process
 * of ours: the thread of a JVM that starts one may end before that does.
 */
final class Anywhere {
  private static final String ROOT = "/";

  private Anywhere() {}

  /** The plan, with the root in the place of a working directory that is not inside. */
  static Plan of(Plan plan) {
    return new Plan(
        plan.actions().stream()
            .filter(action -> action.opcode() != Opcode.DIE_WITH_CALLER)
            .map(Anywhere::anywhere)
            .toList());
  }

  private static Action anywhere(Action action) {
    return action.opcode() == Opcode.CHDIR ? EnvironmentActions.chdirOr(ROOT, "") : action;
  }
}
