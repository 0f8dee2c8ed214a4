package dev.hexe.policy.engine.site;

import dev.hexe.policy.api.rule.SiteRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of a site, and what they can ask beside the profile.
 *
 * @param rules all of them
 * @param caller what {@code caller} has
 * @param host what {@code host} has, beside the facts
 * @param name what {@code profile.name} is
 * @param origin what {@code profile.origin} is: {@code built-in}, {@code site}, {@code user} or
 *     {@code file}
 * @param configuration what places in the user's {@code config.yaml} call that file
 * @param workingDirectory where the command starts
 * @param command the command's first word; empty where the command is not known
 */
public record SitePolicy(
    List<SiteRule> rules,
    Map<String, Object> caller,
    Map<String, Object> host,
    String name,
    String origin,
    String configuration,
    String workingDirectory,
    Optional<String> command) {
  /** No rules. */
  public static final SitePolicy NONE =
      new SitePolicy(List.of(), Map.of(), Map.of(), "", "", "", "", Optional.empty());

  /** Copies the collections. */
  public SitePolicy {
    rules = List.copyOf(rules);
    caller = Map.copyOf(caller);
    host = Map.copyOf(host);
  }
}
