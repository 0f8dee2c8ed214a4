package dev.hexe.policy.profiles.site;

import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.api.rule.RuleEffect;
import dev.hexe.policy.api.rule.SiteRule;
import dev.hexe.policy.profiles.key.AddedKeys;
import dev.hexe.policy.profiles.key.DemandReader;
import dev.hexe.policy.profiles.key.Words;
import dev.hexe.policy.profiles.reader.Fields;
import dev.hexe.policy.profiles.reader.Scope;
import dev.hexe.policy.profiles.reader.ValueReader;
import dev.hexe.policy.profiles.reader.Values;
import dev.hexe.policy.profiles.reader.WordReader;
import dev.hexe.policy.profiles.shape.Shape;
import dev.hexe.policy.profiles.yaml.Nearest;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.Span;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Entry;
import dev.hexe.policy.profiles.yaml.Yaml.Mapping;
import dev.hexe.policy.profiles.yaml.Yaml.Scalar;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads one rule: name, description, priority, condition, actions. */
public final class SiteRuleReader {
  private static final String FORBID = "forbid";
  private static final Map<String, Shape> ACTIONS = actions();

  /** A rule. */
  public static final Shape.Members SHAPE =
      new Shape.Members(rule(), Optional.empty(), List.of("name", "condition", "actions"), 0);

  private static final int ORDINARY = 100;

  private final Scope scope;

  SiteRuleReader(Scope scope) {
    this.scope = scope;
  }

  private static Map<String, Shape> rule() {
    Map<String, Shape> keys = new LinkedHashMap<>();
    List.of("name", "description", "priority", "condition")
        .forEach(name -> keys.put(name, Shape.TEXT));
    Shape action = Shape.either(Shape.words(List.of(FORBID)), Shape.members(ACTIONS));
    keys.put("actions", Shape.items(action));
    return keys;
  }

  private static Map<String, Shape> actions() {
    List<String> guarantees = DemandReader.guarantees();
    Shape strengths = Shape.words(Words.STRENGTHS.keySet());
    Shape names = Shape.words(guarantees);
    Map<String, Shape> actions = new LinkedHashMap<>();
    actions.put(
        "require", Shape.either(names, Shape.items(names), Shape.members(guarantees, strengths)));
    actions.put("cap", Shape.members(SiteCapReader.KEYS, Shape.TEXT));
    actions.put(FORBID, Shape.TEXT);
    actions.put("choose", Shape.members(guarantees, Shape.TEXT));
    actions.put("warn", Shape.TEXT);
    return actions;
  }

  /** The rule; empty where it has mistakes. */
  Optional<SiteRule> read(Mapping rule) {
    Fields.known(rule, SHAPE.known().keySet(), scope);
    Optional<String> name = value(rule, "name", Values.line(100));
    Optional<String> condition = value(rule, "condition", Values.line(2000));
    String description = value(rule, "description", Values.line(500)).orElse("");
    int priority =
        value(rule, "priority", Values.parsed(SiteRuleReader::priority)).orElse(ORDINARY);
    List<RuleEffect> effects =
        Fields.entry(rule, "actions")
            .flatMap(entry -> scope.at("actions").sequence(entry.value()))
            .map(this::effects)
            .orElse(List.of());
    require(rule, "name");
    require(rule, "condition");
    require(rule, "actions");
    return name.flatMap(
        it ->
            condition.map(
                text ->
                    new SiteRule(
                        it,
                        description,
                        priority,
                        text,
                        scope.origin(Fields.entry(rule, "condition").orElseThrow().value()),
                        effects,
                        scope.origin(rule))));
  }

  private <T> Optional<T> value(Mapping rule, String key, ValueReader<T> reader) {
    return Fields.entry(rule, key).flatMap(entry -> reader.read(entry.value(), scope.at(key)));
  }

  private void require(Mapping rule, String key) {
    if (Fields.entry(rule, key).isEmpty()) {
      scope
          .mistakes()
          .add(
              Span.at(rule.span().line(), rule.span().column()),
              "the rule lacks " + Quotes.quote(key),
              "");
    }
  }

  private static int priority(String text) {
    if (!text.matches("[0-9]{1,6}")) {
      throw new ProfileException(
          Quotes.quote(text) + " is not a priority",
          "accepted: a number from 0, which comes first");
    }
    return Integer.parseInt(text);
  }

  private List<RuleEffect> effects(Yaml.Sequence list) {
    if (list.isEmpty()) {
      scope.mistake(list, "a rule without actions does nothing", "");
    }
    List<RuleEffect> effects = new ArrayList<>();
    for (Yaml item : list.items()) {
      if (item instanceof Scalar word && word.text().equals(FORBID)) {
        effects.add(new RuleEffect.Forbid(""));
      } else if (item instanceof Mapping mapping) {
        Fields.known(mapping, ACTIONS.keySet(), scope.at("actions"))
            .forEach(entry -> effects.addAll(effects(entry)));
      } else {
        scope.mistake(
            item,
            Quotes.quote(YamlText.of(item)) + " is not an action",
            "accepted: `forbid`, `warn: TEXT`, `require: GUARANTEE`, `cap: {memory: 4G}`, `choose: {GUARANTEE: MECHANISM}`");
      }
    }
    return effects;
  }

  private List<RuleEffect> effects(Entry action) {
    Scope here = scope.at(action.key().text());
    return switch (action.key().text()) {
      case FORBID -> text(action, here, RuleEffect.Forbid::new);
      case "warn" -> text(action, here, RuleEffect.Warn::new);
      case "require" -> requirements(action.value(), here);
      case "choose" -> choices(action.value(), here);
      default ->
          SiteCapReader.read(action.value(), here).stream().<RuleEffect>map(cap -> cap).toList();
    };
  }

  private static List<RuleEffect> text(
      Entry action, Scope here, Function<String, RuleEffect> effect) {
    return Values.line(500).read(action.value(), here).map(effect).stream().toList();
  }

  private static List<RuleEffect> requirements(Yaml node, Scope here) {
    List<RuleEffect> effects = new ArrayList<>();
    if (node instanceof Mapping mapping) {
      for (Entry entry : mapping.entries()) {
        Optional<Strength> least =
            new WordReader<>(Words.STRENGTHS).read(entry.value(), here.at(entry.key().text()));
        guarantee(entry.key(), here)
            .ifPresent(it -> effects.add(new RuleEffect.Require(it, least.orElse(Strength.FULL))));
      }
      return effects;
    }
    List<Yaml> names = node instanceof Yaml.Sequence list ? list.items() : List.of(node);
    names.forEach(
        name ->
            guarantee(name, here)
                .ifPresent(it -> effects.add(new RuleEffect.Require(it, Strength.FULL))));
    return effects;
  }

  private static List<RuleEffect> choices(Yaml node, Scope here) {
    List<RuleEffect> effects = new ArrayList<>();
    here.mapping(node)
        .ifPresent(
            mapping ->
                mapping
                    .entries()
                    .forEach(
                        entry ->
                            guarantee(entry.key(), here)
                                .ifPresent(
                                    it ->
                                        Values.line(100)
                                            .read(entry.value(), here.at(it.id()))
                                            .ifPresent(
                                                id ->
                                                    effects.add(new RuleEffect.Choose(it, id))))));
    return effects;
  }

  private static Optional<Guarantee> guarantee(Yaml node, Scope here) {
    return Values.parsed(SiteRuleReader::guarantee).read(node, here);
  }

  private static Guarantee guarantee(String id) {
    return Guarantee.withId(id)
        .or(() -> AddedKeys.installed().withId(id))
        .orElseThrow(
            () ->
                new ProfileException(
                    Quotes.quote(id) + " is not a guarantee",
                    Nearest.help(id, DemandReader.guarantees())));
  }
}
