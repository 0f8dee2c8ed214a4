package dev.hexe.policy.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hexe.policy.engine.rules.GuardedRules;
import dev.hexe.policy.engine.rules.PolicyException;
import java.util.ArrayList;
import java.util.List;
import org.jeasy.rules.api.Action;
import org.jeasy.rules.api.Condition;
import org.jeasy.rules.api.Facts;
import org.jeasy.rules.api.Rule;
import org.jeasy.rules.core.RuleBuilder;
import org.junit.jupiter.api.Test;

class GuardedRulesTest {
  private final List<String> fired = new ArrayList<>();

  private static Rule rule(String name, int priority, Condition when, Action then) {
    return new RuleBuilder().name(name).priority(priority).when(when).then(then).build();
  }

  private Rule fires(String name, int priority) {
    return rule(name, priority, facts -> true, facts -> fired.add(name));
  }

  @Test
  void rulesFireInTheOrderOfTheirPriorities() {
    new GuardedRules(List.of(fires("b", 2), fires("c", 3), fires("a", 1))).fire(new Facts());
    assertEquals(List.of("a", "b", "c"), fired);
  }

  @Test
  void rulesOfEqualPriorityAllFire() {
    new GuardedRules(List.of(fires("a", 1), fires("b", 1))).fire(new Facts());
    assertEquals(List.of("a", "b"), fired);
  }

  @Test
  void ruleThatThrowsInItsConditionIsAnError() {
    Rule broken =
        rule(
            "broken",
            1,
            facts -> {
              throw new IllegalStateException("boom");
            },
            facts -> {});
    assertFails(new GuardedRules(List.of(broken, fires("after", 2))));
  }

  @Test
  void ruleThatThrowsInItsActionIsAnError() {
    Rule broken =
        rule(
            "broken",
            1,
            facts -> true,
            facts -> {
              throw new Exception("boom");
            });
    assertFails(new GuardedRules(List.of(broken, fires("after", 2))));
  }

  private static void assertFails(GuardedRules rules) {
    PolicyException thrown = assertThrows(PolicyException.class, () -> rules.fire(new Facts()));
    assertEquals("the rule `broken` failed: boom", thrown.getMessage());
    assertInstanceOf(Exception.class, thrown.getCause());
  }

  @Test
  void errorOfTheVirtualMachineIsNotSwallowed() {
    Rule broken =
        rule(
            "broken",
            1,
            facts -> {
              throw new StackOverflowError();
            },
            facts -> {});
    GuardedRules rules = new GuardedRules(List.of(broken));
    assertThrows(StackOverflowError.class, () -> rules.fire(new Facts()));
  }

  @Test
  void twoRulesOfOneNameAreAnError() {
    List<Rule> twins = List.of(fires("twin", 1), fires("twin", 2));
    PolicyException thrown = assertThrows(PolicyException.class, () -> new GuardedRules(twins));
    assertEquals("two rules are named `twin`", thrown.getMessage());
  }
}
