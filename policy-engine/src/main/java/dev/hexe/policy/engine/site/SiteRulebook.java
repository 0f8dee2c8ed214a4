package dev.hexe.policy.engine.site;

import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Provenance;
import dev.hexe.policy.api.rule.SiteRule;
import dev.hexe.policy.engine.rules.GuardedRules;
import dev.hexe.policy.engine.rules.PolicyException;
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
   * What the rules make of a profile on a host.
   *
   * @throws PolicyException where a rule fails
   */
  public static SiteOutcome apply(
      SitePolicy site,
      Profile profile,
      Provenance provenance,
      HostFacts found,
      Collection<Mechanism> mechanisms) {
    if (site.rules().isEmpty()) {
      return SiteOutcome.untouched(profile);
    }
    CommandFacts command = new CommandFacts(site.command());
    long memory = site.host().get(MEMORY) instanceof Long bytes ? bytes : 0;
    SiteEffects effects = new SiteEffects(profile, mechanisms, memory);
    Facts facts = new Facts();
    facts.put(EFFECTS, effects);
    StrictMap caller = new StrictMap("caller", site.caller());
    Map<String, Object> named = new HashMap<>();
    named.put("caller", caller);
    named.put("host", host(site, found));
    StrictMap asked = ProfileFacts.of(profile, provenance, site);
    named.put("profile", asked);
    named.put("command", command);
    new GuardedRules(rules(site.rules(), named)).fire(facts);
    return effects.outcome(
        command.used(), !caller.asked().isEmpty(), ProfileFacts.dependOnDirectory(asked, profile));
  }

  private static StrictMap host(SitePolicy site, HostFacts found) {
    Map<String, Object> host = new HashMap<>(site.host());
    host.put("has", available(found));
    return new StrictMap("host", host);
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
