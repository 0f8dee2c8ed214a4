package dev.hexe.policy.backend.cgroupv2;

import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.Findings;
import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.host.Probe;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Processes;
import dev.hexe.policy.api.plan.Reports;
import dev.hexe.policy.api.plan.Reports.Limit;
import dev.hexe.policy.api.plan.RestrictionActions;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Limits;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.api.spi.Compilation;
import dev.hexe.policy.api.spi.Contribution;
import dev.hexe.policy.api.spi.IsolationBackend;
import java.util.ArrayList;
import java.util.List;

/**
 * The limits that need no control group: the supervisor's timer, and a limit on the address space
 * of each process, which comes near to one on memory.
 */
public final class FallbackBackend implements IsolationBackend {
  private static final String ADDRESS_SPACE_MECHANISM = "rlimit-address-space";
  private static final String TIMER_MECHANISM = "timer";
  private static final int RLIMIT_AS = 9;
  private static final int LAST = Mechanism.ORDINARY + 100;

  @Override
  public String id() {
    return "rlimits";
  }

  @Override
  public List<Probe> probes(Caller caller, HostReader reader) {
    return List.of();
  }

  @Override
  public List<Fact> facts(Findings findings) {
    return List.of();
  }

  @Override
  public List<Mechanism> mechanisms() {
    return List.of(
        Mechanism.named(TIMER_MECHANISM, Guarantee.TIME, Strength.FULL)
            .rule("the time limit is a timer of the supervisor")
            .build(),
        Mechanism.named(ADDRESS_SPACE_MECHANISM, Guarantee.MEMORY, Strength.PARTIAL)
            .rank(LAST)
            .needs(
                (profile, facts) -> profile.limits().memory().isPresent(),
                MissingFeature.of("memory-high takes a control group"))
            .rule("without a control group, each process gets a limit on its address space")
            .caveat("it is the address space of each process that is limited")
            .leavesOpen()
            .build());
  }

  @Override
  public Contribution compile(Compilation compilation) {
    Limits limits = compilation.profile().limits();
    List<Action> actions = new ArrayList<>();
    if (compilation.decisions().uses(TIMER_MECHANISM)) {
      limits.time().ifPresent(time -> actions.addAll(timer(time, limits.grace())));
    }
    if (compilation.decisions().uses(ADDRESS_SPACE_MECHANISM)) {
      limits
          .memory()
          .ifPresent(bytes -> actions.add(RestrictionActions.rlimit(RLIMIT_AS, bytes, bytes)));
    }
    return actions.isEmpty() ? Contribution.NONE : Contribution.of(actions);
  }

  private static List<Action> timer(long time, long grace) {
    return List.of(
        Processes.timeLimit(time, grace),
        Reports.limitText(Limit.TIME, "time limit " + Units.milliseconds(time) + " reached"));
  }
}
