package dev.hexe.policy.engine;

import static dev.hexe.policy.api.plan.Opcode.Trait.NEEDS_SUPERVISOR;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.CloneFlag;
import dev.hexe.policy.api.plan.EnvironmentActions;
import dev.hexe.policy.api.plan.Opcode;
import dev.hexe.policy.api.plan.Processes;
import dev.hexe.policy.api.plan.RestrictionActions;
import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.spi.Contribution;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The processes that a plan needs: none beside the command, a supervisor outside, or a PID 1 inside
 * as well. All namespaces are entered in one step.
 */
final class ProcessShape {
  private static final int FIRST_AFTER_STDERR = 3;

  /** The kernel takes these from whoever can gain no privileges, or is privileged already. */
  private static final Set<Opcode> NEED_NO_NEW_PRIVILEGES =
      EnumSet.of(Opcode.LANDLOCK_RESTRICT, Opcode.SECCOMP_FILTER, Opcode.INSTALL_FILTERS);

  private ProcessShape() {}

  /**
   * The actions of all contributions, and those that start the processes.
   *
   * @param firstProcess whether the command is itself the first process of its pid namespace
   */
  static List<Action> of(List<Contribution> contributions, boolean firstProcess) {
    EnumSet<CloneFlag> namespaces = EnumSet.noneOf(CloneFlag.class);
    List<Action> actions = new ArrayList<>();
    for (Contribution contribution : contributions) {
      namespaces.addAll(contribution.namespaces());
      actions.addAll(contribution.actions());
    }
    actions = TreeActions.together(actions, namespaces);
    if (has(actions, NEED_NO_NEW_PRIVILEGES)
        && !has(actions, EnumSet.of(Opcode.NO_NEW_PRIVILEGES))) {
      actions.add(RestrictionActions.noNewPrivileges());
    }
    actions.addAll(0, processes(namespaces, actions, firstProcess));
    actions.add(EnvironmentActions.closeDescriptors(FIRST_AFTER_STDERR));
    return actions;
  }

  private static boolean has(List<Action> actions, Set<Opcode> opcodes) {
    return actions.stream().map(Action::opcode).anyMatch(opcodes::contains);
  }

  private static List<Action> processes(
      Set<CloneFlag> namespaces, List<Action> actions, boolean firstProcess) {
    if (firstProcess && !namespaces.contains(CloneFlag.NEWPID)) {
      throw new CannotCompileException(
          "the command cannot be process 1: there is no pid namespace for it to be the first in",
          "use a profile with `processes.others: invisible` on a host that has pid namespaces, or leave out `--as-pid-1`");
    }
    boolean ownPids = namespaces.contains(CloneFlag.NEWPID);
    boolean ownTerminal = has(actions, EnumSet.of(Opcode.TERMINAL));
    boolean init = (ownPids || ownTerminal) && !firstProcess;
    boolean supervisor =
        ownPids || actions.stream().anyMatch(action -> action.opcode().is(NEEDS_SUPERVISOR));
    boolean cgroup = has(actions, EnumSet.of(Opcode.CGROUP_CREATE));
    List<Action> processes = new ArrayList<>();
    if (supervisor) {
      processes.add(Processes.spawn(namespaces, cgroup));
    } else if (!namespaces.isEmpty()) {
      processes.add(Processes.unshare(namespaces));
    }
    if (init) {
      processes.add(ownPids ? Processes.init() : Processes.leadSession());
    }
    return processes;
  }
}
