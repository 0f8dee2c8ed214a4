package dev.hexe.policy.engine.rules;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jeasy.rules.api.Facts;
import org.jeasy.rules.api.Rule;
import org.jeasy.rules.api.RuleListener;
import org.jeasy.rules.api.Rules;
import org.jeasy.rules.core.DefaultRulesEngine;

/**
 * The rule engine, made to fail closed. Left alone it logs a rule that throws and goes on, and
 * silently drops one of two rules with the same name and priority; here both are errors.
 */
public final class GuardedRules {
  private final Rules rules = new Rules();

  public GuardedRules(List<Rule> rules) {
    Set<String> names = new HashSet<>();
    for (Rule rule : rules) {
      if (!names.add(rule.getName())) {
        throw new PolicyException("two rules are named `" + rule.getName() + "`");
      }
      this.rules.register(rule);
    }
    if (this.rules.size() != rules.size()) {
      throw new PolicyException(
          "the rule engine kept %d of %d rules".formatted(this.rules.size(), rules.size()));
    }
  }

  /** Fires the rules in the order of their priorities. */
  public void fire(Facts facts) {
    DefaultRulesEngine engine = new DefaultRulesEngine();
    Failures failures = new Failures();
    engine.registerRuleListener(failures);
    engine.fire(rules, facts);
    failures.rethrow();
  }

  private static final class Failures implements RuleListener {
    private final java.util.ArrayList<PolicyException> seen = new java.util.ArrayList<>();

    @Override
    public void onEvaluationError(Rule rule, Facts facts, Exception exception) {
      seen.add(new PolicyException("the rule `" + rule.getName() + "` failed", exception));
    }

    @Override
    public void onFailure(Rule rule, Facts facts, Exception exception) {
      seen.add(new PolicyException("the rule `" + rule.getName() + "` failed", exception));
    }

    void rethrow() {
      if (!seen.isEmpty()) {
        throw seen.get(0);
      }
    }
  }
}
