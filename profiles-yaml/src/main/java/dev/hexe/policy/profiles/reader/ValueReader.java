package dev.hexe.policy.profiles.reader;

import dev.hexe.policy.profiles.shape.Shape;
import dev.hexe.policy.profiles.yaml.Yaml;
import java.util.Optional;

/** Reads one kind of value. */
public interface ValueReader<T> {
  /** The value, or empty where there was a mistake, which is then noted. */
  Optional<T> read(Yaml node, Scope scope);

  /** What it looks like. */
  default Shape shape() {
    return Shape.TEXT;
  }

  /** A reader whose values look like this. */
  static <T> ValueReader<T> shaped(Shape shape, ValueReader<T> reader) {
    return new ValueReader<>() {
      @Override
      public Optional<T> read(Yaml node, Scope scope) {
        return reader.read(node, scope);
      }

      @Override
      public Shape shape() {
        return shape;
      }
    };
  }
}
