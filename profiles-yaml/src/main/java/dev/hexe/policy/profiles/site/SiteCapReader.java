package dev.hexe.policy.profiles.site;

import dev.hexe.policy.api.rule.RuleEffect.Cap;
import dev.hexe.policy.profiles.reader.Fields;
import dev.hexe.policy.profiles.reader.Scope;
import dev.hexe.policy.profiles.reader.Values;
import dev.hexe.policy.profiles.value.LimitFormats;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Mapping;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/** Reads what limits may be at most. */
final class SiteCapReader {
  static final List<String> KEYS = List.of("memory", "pids", "cpu", "time");
  private static final String SHARE = "[1-9][0-9]?%|100%";

  private SiteCapReader() {}

  static Optional<Cap> read(Yaml node, Scope scope) {
    return scope
        .mapping(node)
        .filter(mapping -> !Fields.known(mapping, KEYS, scope).isEmpty())
        .map(mapping -> cap(mapping, scope));
  }

  private static Cap cap(Mapping mapping, Scope scope) {
    Optional<String> memory = value(mapping, "memory", text -> text, scope);
    boolean share = memory.filter(text -> text.matches(SHARE)).isPresent();
    return new Cap(
        share
            ? OptionalLong.empty()
            : value(mapping, "memory", LimitFormats::memory, scope).orElse(OptionalLong.empty()),
        share
            ? OptionalInt.of(Integer.parseInt(memory.orElse("").replace("%", "")))
            : OptionalInt.empty(),
        value(mapping, "pids", LimitFormats::pids, scope).orElse(OptionalLong.empty()),
        value(mapping, "cpu", LimitFormats::cpu, scope).flatMap(quota -> quota),
        value(mapping, "time", LimitFormats::time, scope).orElse(OptionalLong.empty()),
        YamlText.of(mapping));
  }

  private static <T> Optional<T> value(
      Mapping mapping, String key, Function<String, T> parser, Scope scope) {
    return Fields.entry(mapping, key)
        .flatMap(entry -> Values.parsed(parser).read(entry.value(), scope.at(key)));
  }
}
