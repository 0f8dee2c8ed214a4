package dev.hexe.policy.profiles.value;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.profiles.reader.Scope;
import dev.hexe.policy.profiles.reader.Values;
import dev.hexe.policy.profiles.shape.Shape;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Entry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The format of directories that are made for a command: its name, with one path or more. */
public final class StateFormats {
  public static final Shape SHAPE = Shape.open(Shape.oneOrMore());

  private StateFormats() {}

  /** The directories of one command. */
  public static Optional<List<PathRule>> read(Entry entry, Scope scope) {
    String command = entry.key().text();
    if (command.isEmpty() || command.contains("/") || command.contains("*")) {
      scope.mistake(
          entry.key(),
          Quotes.quote(command) + " is not the name of a command",
          "accepted: the name of its file, without directories and patterns, as in `claude`");
      return Optional.empty();
    }
    List<PathRule> paths =
        items(entry.value())
            .flatMap(item -> paths(item, scope).stream().flatMap(List::stream))
            .toList();
    return Optional.of(paths).filter(list -> !list.isEmpty());
  }

  private static Stream<Yaml> items(Yaml value) {
    return value instanceof Yaml.Sequence list ? list.items().stream() : Stream.of(value);
  }

  private static Optional<List<PathRule>> paths(Yaml item, Scope scope) {
    return Values.parsed(
            text -> scope.paths().expandMade(text).stream().map(StateFormats::outside).toList())
        .read(item, scope);
  }

  private static PathRule outside(PathRule rule) {
    if (!rule.path().startsWith("/")) {
      throw new ProfileException(
          "the working directory is there already, and need not be made", "leave it out");
    }
    return rule;
  }

  /** The same with paths alone. */
  public static Map<String, List<String>> paths(Map<String, List<PathRule>> directories) {
    return directories.entrySet().stream()
        .collect(
            toMap(
                Map.Entry::getKey,
                entry -> entry.getValue().stream().map(PathRule::path).toList()));
  }

  /** As people read it. */
  public static String words(Map<String, List<String>> state) {
    return state.entrySet().stream()
        .map(entry -> entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
        .collect(joining(", "));
  }
}
