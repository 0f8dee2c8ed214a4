package dev.hexe.policy.api.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Strength;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionsTest {
  @ParameterizedTest(name = "required {0}, at least {1}, reached {2}: refuses {3}, satisfied {4}")
  @CsvSource({
    "true,  FULL,    FULL,    false, true",
    "true,  FULL,    PARTIAL, true,  false",
    "true,  FULL,    NONE,    true,  false",
    "true,  PARTIAL, FULL,    false, true",
    "true,  PARTIAL, PARTIAL, false, true",
    "true,  PARTIAL, ADVISORY, true, false",
    "true,  ADVISORY, ADVISORY, false, true",
    "false, FULL,    FULL,    false, true",
    "false, FULL,    PARTIAL, false, false",
    "false, FULL,    NONE,    false, false",
    "false, PARTIAL, PARTIAL, false, true"
  })
  void refusesOnlyWhatIsRequiredAndFallsShort(
      boolean required, Strength atLeast, Strength reached, boolean refuses, boolean satisfied) {
    Decision decision = decision(new Demand(required, atLeast), reached);
    assertEquals(refuses, decision.refuses());
    assertEquals(satisfied, decision.satisfied());
    assertEquals(
        refuses ? List.of(decision) : List.of(), new Decisions(List.of(decision)).refusals());
  }

  private static Decision decision(Demand demand, Strength reached) {
    Optional<Mechanism> chosen =
        reached == Strength.NONE ? Optional.empty() : Optional.of(mechanism("m", reached));
    return new Decision(Guarantee.FILES, demand, chosen, List.of(), List.of());
  }

  private static Mechanism mechanism(String id, Strength strength) {
    String caveat = strength == Strength.FULL ? "" : "the rest";
    return Mechanism.named(id, Guarantee.FILES, strength).rule("by " + id).caveat(caveat).build();
  }

  @Test
  void usesTheChoiceAndWhatReinforcesItAndNothingElse() {
    Mechanism rejected = mechanism("rejected", Strength.FULL);
    Decisions decisions =
        new Decisions(
            List.of(
                new Decision(
                    Guarantee.FILES,
                    Demand.REQUIRED,
                    Optional.of(mechanism("chosen", Strength.FULL)),
                    List.of(mechanism("extra", Strength.FULL)),
                    List.of(new Rejection(rejected, MissingFeature.of("gone"))))));
    assertTrue(decisions.uses("chosen"));
    assertTrue(decisions.uses(Guarantee.FILES, "extra"));
    assertFalse(decisions.uses("rejected"));
    assertFalse(decisions.uses(Guarantee.NETWORK, "chosen"));
    assertEquals(Optional.empty(), decisions.of(Guarantee.NETWORK));
  }
}
