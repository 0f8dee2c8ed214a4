package dev.hexe.policy.verification.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.plan.Processes;
import dev.hexe.policy.api.plan.Reports;
import dev.hexe.policy.api.plan.Reports.Limit;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
  private static final Action OTHER = Reports.limitText(Limit.MEMORY, "memory");
  private static final Plan PLAN =
      new Plan(
          List.of(
              OTHER,
              Processes.timeLimit(3_600_000, 100),
              Reports.limitText(Limit.TIME, "time limit 1h reached")));

  @Test
  void theOtherActsHaveTheTimeTheyNeed() {
    assertEquals(
        List.of(PLAN.actions().get(0), PLAN.actions().get(2)), Deadlines.without(PLAN).actions());
  }

  @Test
  void aLongLimitIsShortenedAndSaysSo() {
    assertEquals(
        List.of(
            OTHER,
            Processes.timeLimit(Deadlines.LONGEST, 100),
            Reports.limitText(Limit.TIME, "time limit reached, which was shortened")),
        Deadlines.soon(PLAN).actions());
  }

  @Test
  void aShortLimitStays() {
    Plan plan = new Plan(List.of(Processes.timeLimit(20, 5_000)));
    assertEquals(
        List.of(Processes.timeLimit(20, Deadlines.LONGEST)), Deadlines.soon(plan).actions());
  }
}
