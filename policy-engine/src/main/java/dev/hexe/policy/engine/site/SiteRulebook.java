package dev.hexe.policy.engine.site;

import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.rule.SiteRule;
import dev.hexe.policy.engine.CompileRequest;
import dev.hexe.policy.engine.GuardedRules;
import dev.hexe.policy.engine.PolicyException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jeasy.rules.api.Facts;
import org.jeasy.rules.api.Rule;
import org.jeasy.rules.core.RuleBuilder;

/**
 * Evaluates the rules of a site as the built-in ones are evaluated: one that fails refuses.
 * Conditions look at the profile as it was asked for, with all options; what one rule does, no
 * other one sees.
 */
public final class SiteRulebook {
  private static final String EFFECTS = "effects";
  private static final String MEMORY = "memory";

  private SiteRulebook() {}

  /**
   * What the rules make of a request.
   *
   * @throws PolicyException where a rule fails
   */
  public static SiteOutcome apply(CompileRequest request, Collection<Mechanism> mechanisms) {
    SitePolicy site = request.site();
    if (site.rules().isEmpty()) {
      return SiteOutcome.untouched(request.profile());
    }
    CommandFacts command = new CommandFacts(site.command());
    long memory = site.host().get(MEMORY) instanceof Long bytes ? bytes : 0;
    SiteEffects effects = new SiteEffects(request.profile(), mechanisms, memory);
    Facts facts = new Facts();
    facts.put(EFFECTS, effects);
    new GuardedRules(rules(site.rules(), facts(request, command))).fire(facts);
    return effects.outcome(command.used());
  }

  private static Map<String, Object> facts(CompileRequest request, CommandFacts command) {
    SitePolicy site = request.site();
    Map<String, Object> host = new HashMap<>(site.host());
    host.put("has", available(request.facts()));
    return Map.of(
        "profile",
        ProfileFacts.of(request.profile(), request.provenance(), site.origin()),
        "caller",
        new StrictMap("caller", site.caller()),
        "host",
        new StrictMap("host", host),
        "command",
        command);
  }

  private static List<String> available(HostFacts facts) {
    return facts.all().stream().filter(Fact::available).map(Fact::name).toList();
  }

  private static List<Rule> rules(List<SiteRule> site, Map<String, Object> facts) {
    List<Rule> rules = new ArrayList<>();
    site.stream()
        .sorted(Comparator.comparingInt(SiteRule::priority))
        .forEach(rule -> rules.add(rule(rule, rules.size(), facts)));
    return rules;
  }

  private static Rule rule(SiteRule rule, int priority, Map<String, Object> facts) {
    SiteCondition condition = SiteCondition.of(rule);
    return new RuleBuilder()
        .name(rule.name())
        .priority(priority)
        .when(given -> holds(condition, rule, facts, given))
        .then(given -> effects(given).act(rule))
        .build();
  }

  private static boolean holds(
      SiteCondition condition, SiteRule rule, Map<String, Object> facts, Facts given) {
    try {
      return condition.holds(facts);
    } catch (SiteCondition.UnknownCommand e) {
      effects(given).postpone(rule);
      return false;
    }
  }

  private static SiteEffects effects(Facts facts) {
    return facts.get(EFFECTS);
  }
}
