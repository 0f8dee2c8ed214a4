package dev.hexe.policy.profiles.reader;

import dev.hexe.policy.profiles.shape.Shape;
import dev.hexe.policy.profiles.yaml.Nearest;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.Yaml;
import java.util.Map;
import java.util.Optional;

/** Reads one of a few words. */
public final class WordReader<T> implements ValueReader<T> {
  private final Map<String, T> words;

  /** In the order of {@code words}, messages list them. */
  public WordReader(Map<String, T> words) {
    this.words = words;
  }

  @Override
  public Optional<T> read(Yaml node, Scope scope) {
    return scope.scalar(node).flatMap(word -> meaning(word, scope));
  }

  @Override
  public Shape shape() {
    return Shape.words(words.keySet());
  }

  private Optional<T> meaning(Yaml.Scalar word, Scope scope) {
    T meaning = words.get(word.text());
    if (meaning == null) {
      String what = Quotes.quote(word.text()) + " is not a value of " + scope.name();
      scope.mistake(word, what, Nearest.help(word.text(), words.keySet()));
    }
    return Optional.ofNullable(meaning);
  }
}
