package dev.hexe.policy.backend.cgroupv2;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.ControlGroups;
import dev.hexe.policy.api.plan.Processes;
import dev.hexe.policy.api.plan.Reports;
import dev.hexe.policy.api.plan.Reports.Limit;
import dev.hexe.policy.api.profile.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The actions for a control group with the limits that one mechanism was chosen for. */
final class GroupPlan {
  /** What the names of our control groups begin with; others of ours are known by it. */
  static final String PREFIX = "hexe-";

  private final String mechanism;
  private final Decisions decisions;
  private final Limits limits;

  GroupPlan(String mechanism, Decisions decisions, Limits limits) {
    this.mechanism = mechanism;
    this.decisions = decisions;
    this.limits = limits;
  }

  /** A control group below {@code parent}. */
  List<Action> below(String parent) {
    List<Controller> controllers =
        Arrays.stream(Controller.values())
            .filter(controller -> decisions.uses(controller.guarantee(), mechanism))
            .toList();
    List<Action> actions = new ArrayList<>();
    if (!controllers.isEmpty()) {
      actions.add(ControlGroups.enable(parent, names(controllers)));
    }
    actions.add(Processes.cgroupCreate(parent, PREFIX));
    controllers.forEach(controller -> actions.addAll(controller.writes(limits)));
    controllers.forEach(controller -> actions.addAll(texts(controller)));
    if (!controllers.isEmpty()) {
      actions.add(Reports.limitText(Limit.SIGNAL, "by @signal"));
    }
    return actions;
  }

  private static String names(List<Controller> controllers) {
    return controllers.stream().map(Controller::label).collect(Collectors.joining(" "));
  }

  private List<Action> texts(Controller controller) {
    List<Action> texts = new ArrayList<>();
    if (controller == Controller.MEMORY) {
      limits
          .memory()
          .ifPresent(
              bytes ->
                  texts.add(
                      Reports.limitText(
                          Limit.MEMORY,
                          "memory limit " + Units.bytes(bytes) + " reached (peak @peakM)")));
    }
    if (controller == Controller.PIDS) {
      limits
          .pids()
          .ifPresent(
              count ->
                  texts.add(
                      Reports.limitText(
                          Limit.PIDS, "process limit " + count + " reached @count times")));
    }
    return texts;
  }
}
