package dev.hexe.policy.profiles.reader;

import dev.hexe.policy.profiles.shape.Shape;
import dev.hexe.policy.profiles.yaml.Yaml;
import java.util.stream.Stream;

/** Reads one item of a list. */
public interface ItemReader<E> {
  /** What the item means; nothing where it is a mistake, which is then noted. */
  Stream<Said<E>> read(Yaml item, Scope scope);

  /** What it looks like. */
  default Shape shape() {
    return Shape.TEXT;
  }

  /** One that reads each item as a value. */
  static <E> ItemReader<E> each(ValueReader<E> reader) {
    return new ItemReader<>() {
      @Override
      public Stream<Said<E>> read(Yaml item, Scope scope) {
        return reader.read(item, scope).map(value -> scope.said(value, item)).stream();
      }

      @Override
      public Shape shape() {
        return reader.shape();
      }
    };
  }
}
