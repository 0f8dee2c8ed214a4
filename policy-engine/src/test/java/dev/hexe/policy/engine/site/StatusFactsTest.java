package dev.hexe.policy.engine.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Reports;
import dev.hexe.policy.api.testing.ProfileBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusFactsTest {
  private static final Decisions NONE = new Decisions(List.of());

  @Test
  void aStatusIsToldOfTheDecisions() {
    Action status = Reports.statusDescriptor(3);
    assertEquals(
        List.of(status, Reports.statusFacts("\"profile\":\"test\",\"decisions\":[]")),
        StatusFacts.addTo(List.of(status), ProfileBuilder.profile().build(), NONE));
  }

  @Test
  void withoutAStatusThePlanStaysAsSmallAsItIs() {
    List<Action> reports = List.of(Reports.infoDescriptor(4), Reports.usage("", ""));
    assertEquals(reports, StatusFacts.addTo(reports, ProfileBuilder.profile().build(), NONE));
  }
}
