package dev.hexe.policy.cli.explain;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.hexe.policy.api.rule.RuleEffect;
import dev.hexe.policy.api.rule.SiteRule;
import dev.hexe.policy.cli.text.Json;
import dev.hexe.policy.engine.site.SiteOutcome;

/**
 * Rules of the site for programs.
 *
 * <ul>
 *   <li>{@code acted}: the rules whose condition holds, in order; {@code undecided}: those that
 *       depend on a command that was not named
 *   <li>{@code refusals}, {@code warnings}: lines, each with its rule and place
 * </ul>
 *
 * A rule has {@code name}, {@code description}, {@code priority}, {@code condition}, {@code place}
 * and {@code effects}.
 */
public final class RulesJson {
  private RulesJson() {}

  public static JsonObject of(SiteOutcome site) {
    JsonObject json = new JsonObject();
    json.add("acted", Json.array(site.acted(), RulesJson::rule));
    json.add("undecided", Json.array(site.undecided(), RulesJson::rule));
    json.add("refusals", Json.strings(site.refusals()));
    json.add("warnings", Json.strings(site.warnings()));
    return json;
  }

  public static JsonElement rule(SiteRule rule) {
    JsonObject json = new JsonObject();
    json.addProperty("name", rule.name());
    json.addProperty("description", rule.description());
    json.addProperty("priority", rule.priority());
    json.addProperty("condition", rule.condition());
    json.addProperty("place", rule.origin().text());
    json.add("effects", Json.strings(rule.effects().stream().map(RuleEffect::text).toList()));
    return json;
  }
}
