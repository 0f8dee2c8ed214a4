package dev.hexe.policy.profiles.reader;

import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.profiles.shape.Shape;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Scalar;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Readers for single values and lists of them. */
public final class Values {
  private Values() {}

  /**
   * Reads a value that {@code parser} understands, which throws {@link ProfileException} otherwise.
   */
  public static <T> ValueReader<T> parsed(Function<String, T> parser) {
    return (node, scope) -> scope.scalar(node).flatMap(scalar -> parse(scalar, scope, parser));
  }

  /** Reads a list of paths. */
  public static ItemReader<PathRule> paths(boolean optional) {
    return (item, scope) ->
        item(item, "a path", scope, text -> scope.paths().expand(text, optional));
  }

  /** Reads a list of paths that need not be there, each of which may mean several. */
  public static ItemReader<PathRule> optionalPaths() {
    return (item, scope) ->
        item(item, "a path", scope, text -> scope.paths().expandListed(text))
            .flatMap(said -> said.value().stream().map(rule -> scope.said(rule, item)));
  }

  /** Reads a list of names of system calls; whether there are such calls depends on the machine. */
  public static ItemReader<String> systemCalls() {
    return list("a system call", Values::systemCall);
  }

  /** Reads a list of values that {@code parser} understands. */
  public static <T> ItemReader<T> list(String what, Function<String, T> parser) {
    return (item, scope) -> item(item, what, scope, parser);
  }

  private static String systemCall(String text) {
    if (!text.matches("[a-z_][a-z0-9_]{0,63}")) {
      throw new ProfileException(
          Quotes.quote(text) + " is not the name of a system call", "see `syscalls(2)`");
    }
    return text;
  }

  /** Reads text that fits on a line of {@code longest} characters. */
  public static ValueReader<String> line(int longest) {
    return parsed(
        text -> {
          if (text.isBlank() || text.length() > longest || !Quotes.visible(text).equals(text)) {
            String what = Quotes.quote(text) + " is not a line of 1 to " + longest + " characters";
            throw new ProfileException(what, "");
          }
          return text;
        });
  }

  /** Reads one such line, or a list of them. */
  public static ValueReader<List<String>> lines(int longest) {
    ValueReader<String> one = line(longest);
    return ValueReader.shaped(
        Shape.oneOrMore(),
        (node, scope) -> {
          if (node instanceof Yaml.Sequence list && !list.isEmpty()) {
            return Optional.of(
                list.items().stream().flatMap(item -> one.read(item, scope).stream()).toList());
          }
          return one.read(node, scope).map(List::of);
        });
  }

  private static <T> Stream<Said<T>> item(
      Yaml item, String what, Scope scope, Function<String, T> parser) {
    if (item instanceof Scalar scalar) {
      return parse(scalar, scope, parser).map(value -> scope.said(value, item)).stream();
    }
    scope.mistake(item, what + " is a single value, not " + item.kind(), "");
    return Stream.empty();
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
