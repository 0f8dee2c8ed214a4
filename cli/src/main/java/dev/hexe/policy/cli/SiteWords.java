package dev.hexe.policy.cli;

import dev.hexe.policy.api.rule.RuleEffect;
import dev.hexe.policy.api.rule.SiteRule;
import java.util.stream.Collectors;

/** Names of a site's rules in output. */
final class SiteWords {
  private SiteWords() {}

  /** The rule, its place and what it does. */
  static String effects(SiteRule rule) {
    return rule.told()
        + ": "
        + rule.effects().stream().map(RuleEffect::text).collect(Collectors.joining("; "));
  }
}
