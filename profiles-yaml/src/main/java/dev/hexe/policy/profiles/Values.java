package dev.hexe.policy.profiles;

import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.profiles.Yaml.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Readers for single values and lists of them. */
final class Values {
  private Values() {}

  /**
   * Reads a value that {@code parser} understands, which throws {@link ProfileException} otherwise.
   */
  static <T> ValueReader<T> parsed(Function<String, T> parser) {
    return (node, scope) -> scope.scalar(node).flatMap(scalar -> parse(scalar, scope, parser));
  }

  /** Reads a list of paths. */
  static ValueReader<List<PathRule>> paths(boolean optional) {
    return (node, scope) -> scope.sequence(node).map(list -> paths(list, scope, optional));
  }

  /** Reads text that fits on a line of {@code longest} characters. */
  static ValueReader<String> line(int longest) {
    return parsed(
        text -> {
          if (text.isBlank() || text.length() > longest || !Quotes.visible(text).equals(text)) {
            String what = Quotes.quote(text) + " is not a line of 1 to " + longest + " characters";
            throw new ProfileException(what, "");
          }
          return text;
        });
  }

  private static List<PathRule> paths(Yaml.Sequence list, Scope scope, boolean optional) {
    List<PathRule> rules = new ArrayList<>();
    for (Yaml item : list.items()) {
      path(item, scope, optional).ifPresent(rules::add);
    }
    return List.copyOf(rules);
  }

  private static Optional<PathRule> path(Yaml item, Scope scope, boolean optional) {
    if (item instanceof Scalar path) {
      return parse(path, scope, text -> scope.paths().expand(text, optional));
    }
    scope.mistake(item, "a path is a single value, not " + item.kind(), "");
    return Optional.empty();
  }

  private static <T> Optional<T> parse(Scalar node, Scope scope, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(node.text()));
    } catch (ProfileException e) {
      scope.mistakes().add(node.span(), e);
      return Optional.empty();
    }
  }
}
