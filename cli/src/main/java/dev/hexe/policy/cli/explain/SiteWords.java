package dev.hexe.policy.cli.explain;

import dev.hexe.policy.api.rule.RuleEffect;
import dev.hexe.policy.api.rule.SiteRule;
import java.util.stream.Collectors;

/** Names of a site's rules in output. */
public final class SiteWords {
  private SiteWords() {}

  /** The rule, its place and what it does. */
  public static String effects(SiteRule rule) {
    return rule.told()
        + ": "
        + rule.effects().stream().map(RuleEffect::text).collect(Collectors.joining("; "));
  }
}
