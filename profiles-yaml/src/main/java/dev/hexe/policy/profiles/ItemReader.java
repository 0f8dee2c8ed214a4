package dev.hexe.policy.profiles;

import java.util.stream.Stream;

/** Reads one item of a list. */
interface ItemReader<E> {
  /** What the item means; nothing where it is a mistake, which is then noted. */
  Stream<Said<E>> read(Yaml item, Scope scope);

  /** One that reads each item as a value. */
  static <E> ItemReader<E> each(ValueReader<E> reader) {
    return (item, scope) -> reader.read(item, scope).map(value -> scope.said(value, item)).stream();
  }
}
