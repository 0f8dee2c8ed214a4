package dev.hexe.policy.cli.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.plan.PlanNotes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanDigestTest {
  private static final Plan PLAN = new Plan(List.of(PlanNotes.note("profile", "web")));

  @Test
  void isInThePlanAndFitsIt() {
    Plan plan = PlanDigest.addTo(PLAN);
    assertEquals(Optional.of(PlanDigest.of(PLAN)), PlanDigest.claimed(plan));
    assertEquals(PlanDigest.of(PLAN), PlanDigest.of(plan));
  }

  @Test
  void changesWithThePlan() {
    Plan other = new Plan(List.of(PlanNotes.note("profile", "mail")));
    assertNotEquals(PlanDigest.of(PLAN), PlanDigest.of(other));
  }

  @Test
  void isMissingFromAPlanWithoutIt() {
    assertEquals(Optional.empty(), PlanDigest.claimed(PLAN));
  }
}
