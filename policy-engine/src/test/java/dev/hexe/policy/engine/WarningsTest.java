package dev.hexe.policy.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.decision.Rejection;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Strength;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WarningsTest {
  private static final MissingFeature LACK = MissingFeature.of("v2 has no controllers");

  @Test
  void limitsThatFallShortAreToldInOneLine() {
    assertEquals(
        List.of(
            "warning: hostname (the hostname is the sandbox's own) is not enforced;"
                + " v2 has no controllers",
            "warning: limits: memory is only partial: each process alone;"
                + " pids, cpu is not enforced; v2 has no controllers"),
        Warnings.of(
            new Decisions(
                List.of(
                    unmet(Guarantee.CPU),
                    unmet(Guarantee.PIDS),
                    partial(Guarantee.MEMORY),
                    unmet(Guarantee.HOSTNAME)))));
  }

  @Test
  void aSingleOneIsToldLikeAnyOther() {
    assertEquals(
        List.of(
            "warning: pids (the number of processes is limited) is not enforced;"
                + " v2 has no controllers"),
        Warnings.of(new Decisions(List.of(unmet(Guarantee.PIDS)))));
  }

  private static Decision unmet(Guarantee guarantee) {
    Mechanism mechanism =
        Mechanism.named("cgroup", guarantee, Strength.FULL).rule(guarantee.id()).build();
    return new Decision(
        guarantee,
        Demand.PREFERRED,
        Optional.empty(),
        List.of(),
        List.of(new Rejection(mechanism, LACK)));
  }

  private static Decision partial(Guarantee guarantee) {
    Mechanism mechanism =
        Mechanism.named("rlimit", guarantee, Strength.PARTIAL)
            .rule(guarantee.id())
            .caveat("each process alone")
            .build();
    return new Decision(guarantee, Demand.PREFERRED, Optional.of(mechanism), List.of(), List.of());
  }
}
