package dev.hexe.policy.engine;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Opcode;
import dev.hexe.policy.api.problem.Misfit;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import java.util.List;

/**
 * A limit of one process where the sandbox has a process of its own before the command: it counts,
 * so the command could never be started.
 */
final class FewProcesses {
  private static final long FIRST_AND_COMMAND = 2;

  private FewProcesses() {}

  /**
   * Refuses a limit that the plan itself would exceed.
   *
   * @throws dev.hexe.policy.api.problem.CannotCompileException where it would
   */
  static void refuse(CompileRequest request, Decisions decisions, List<Action> actions) {
    Profile profile = request.profile();
    boolean enforced = decisions.of(Guarantee.PIDS).flatMap(Decision::chosen).isPresent();
    long most = profile.limits().pids().orElse(FIRST_AND_COMMAND);
    boolean first = actions.stream().anyMatch(action -> action.opcode() == Opcode.INIT);
    if (!enforced || most >= FIRST_AND_COMMAND || !first) {
      return;
    }
    Misfits misfits = new Misfits(request.provenance());
    misfits.addAll(
        List.of(
            new Misfit(
                "limits.pids",
                profile.limits().pids(),
                "a limit of `%d` process leaves none for the command: the sandbox's first process counts, too"
                    .formatted(most),
                "the least is `%d`".formatted(FIRST_AND_COMMAND))));
    misfits.throwIfAny();
  }
}
