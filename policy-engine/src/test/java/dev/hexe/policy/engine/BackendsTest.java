package dev.hexe.policy.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.api.spi.IsolationBackend;
import dev.hexe.policy.engine.rules.PolicyException;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackendsTest {
  private static Mechanism mechanism(String id, String rule) {
    return Mechanism.named(id, Guarantee.NETWORK, Strength.FULL).rule(rule).build();
  }

  @Test
  void comeInTheOrderOfTheirIds() {
    Backends backends = new Backends(List.of(new FakeBackend("b"), new FakeBackend("a")));
    assertEquals(List.of("a", "b"), backends.all().stream().map(IsolationBackend::id).toList());
  }

  @Test
  void twoOfOneIdAreAnError() {
    List<FakeBackend> twins = List.of(new FakeBackend("twin"), new FakeBackend("twin"));
    PolicyException thrown = assertThrows(PolicyException.class, () -> new Backends(twins));
    assertEquals("two backends share the id `twin`", thrown.getMessage());
  }

  @Test
  void twoMechanismsOfOneRuleAreAnErrorAcrossBackends() {
    Backends backends =
        new Backends(
            List.of(
                new FakeBackend("a").offering(mechanism("x", "the rule")),
                new FakeBackend("b").offering(mechanism("y", "the rule"))));
    PolicyException thrown = assertThrows(PolicyException.class, backends::mechanisms);
    assertEquals("two mechanisms share the rule `the rule`", thrown.getMessage());
  }

  @Test
  void mechanismsOfAllAreOffered() {
    Backends backends =
        new Backends(
            List.of(
                new FakeBackend("b").offering(mechanism("y", "second")),
                new FakeBackend("a").offering(mechanism("x", "first"))));
    assertEquals(List.of("x", "y"), backends.mechanisms().stream().map(Mechanism::id).toList());
  }
}
