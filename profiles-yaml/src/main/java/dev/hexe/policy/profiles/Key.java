package dev.hexe.policy.profiles;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Something a profile can say.
 *
 * @param path where it is said, with dots between the levels
 * @param reader how the value is read
 * @param otherwise what holds where nothing is said
 * @param merge puts the value of a base profile (first) and that of one that extends it together
 */
record Key<T>(String path, ValueReader<T> reader, T otherwise, BinaryOperator<T> merge) {
  /** One whose value replaces that of a base profile. */
  static <T> Key<T> replacing(String path, ValueReader<T> reader, T otherwise) {
    return new Key<>(path, reader, otherwise, (base, own) -> own);
  }

  /** One whose values are added to those of a base profile. */
  static <T> Key<List<T>> appending(String path, ValueReader<List<T>> reader) {
    return new Key<>(path, reader, List.of(), Key::append);
  }

  private static <T> List<T> append(List<T> base, List<T> own) {
    List<T> all = new ArrayList<>(base);
    own.stream().filter(item -> !base.contains(item)).forEach(all::add);
    return List.copyOf(all);
  }

  // There is one of each. What a record would compare by is spun at run time, which takes a while.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return path.hashCode();
  }

  /** Reads a value into settings. */
  void read(Yaml node, Scope scope, Settings into) {
    into.mention(this);
    reader.read(node, scope).ifPresent(value -> into.put(this, value));
  }
}
