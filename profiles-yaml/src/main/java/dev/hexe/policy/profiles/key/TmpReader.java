package dev.hexe.policy.profiles.key;

import dev.hexe.policy.api.profile.Tmp;
import dev.hexe.policy.profiles.reader.Fields;
import dev.hexe.policy.profiles.reader.Scope;
import dev.hexe.policy.profiles.reader.ValueReader;
import dev.hexe.policy.profiles.reader.Values;
import dev.hexe.policy.profiles.reader.WordReader;
import dev.hexe.policy.profiles.shape.Shape;
import dev.hexe.policy.profiles.value.LimitFormats;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Mapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code host}, or {@code {private: SIZE}}. */
final class TmpReader implements ValueReader<Tmp> {
  private static final String PRIVATE = "private";
  private static final ValueReader<Tmp> WORD = new WordReader<>(Map.of("host", Tmp.HOST));
  private static final ValueReader<Long> SIZE = Values.parsed(LimitFormats::room);

  private final String place;

  /** For what is at this path. */
  TmpReader(String place) {
    this.place = place;
  }

  @Override
  public Optional<Tmp> read(Yaml node, Scope scope) {
    if (node instanceof Mapping mapping) {
      return ofSize(mapping, scope);
    }
    if (node instanceof Yaml.Scalar word && word.text().equals(PRIVATE)) {
      scope.mistake(node, "a private " + place + " needs a size", "write `{private: 128M}`");
      return Optional.empty();
    }
    return WORD.read(node, scope);
  }

  @Override
  public Shape shape() {
    return Shape.either(WORD.shape(), Shape.complete(Map.of(PRIVATE, Shape.TEXT)));
  }

  private static Optional<Tmp> ofSize(Mapping mapping, Scope scope) {
    Fields.known(mapping, List.of(PRIVATE), scope);
    Optional<Yaml> size = Fields.entry(mapping, PRIVATE).map(Yaml.Entry::value);
    if (size.isEmpty()) {
      scope.mistake(mapping, scope.name() + " lacks `private`", "write `{private: 128M}`");
    }
    return size.flatMap(node -> SIZE.read(node, scope.at(PRIVATE))).map(Tmp::ofSize);
  }
}
