package dev.hexe.policy.api.rule;

import dev.hexe.policy.api.profile.Origin;
import java.util.List;

/**
 * A rule of a site: where its condition holds, its effects do.
 *
 * @param name what it is called; no two rules have one name
 * @param description what it is for; may be empty
 * @param priority of two rules the one with the lower number comes first
 * @param condition an expression that is true or false
 * @param place where the condition stands
 * @param effects what it does
 * @param origin where the rule stands
 */
public record SiteRule(
    String name,
    String description,
    int priority,
    String condition,
    Origin place,
    List<RuleEffect> effects,
    Origin origin) {
  /** Copies the list. */
  public SiteRule {
    effects = List.copyOf(effects);
  }

  /** The rule and its place, as messages have it. */
  public String told() {
    return "rule `" + name + "` (" + origin.text() + ")";
  }
}
