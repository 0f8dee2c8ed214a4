package dev.hexe.policy.profiles.reader;

import dev.hexe.policy.profiles.shape.Shape;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Entry;
import dev.hexe.policy.profiles.yaml.Yaml.Mapping;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Something a profile can say: a single value, the items of a list, or the entries of a mapping.
 * Each of them is held with the place where it was said.
 */
public final class Key<T> {
  private static final String IF_PRESENT = "-if-present";

  private final String path;
  private final T otherwise;
  private final Kind kind;
  private final Shape shape;
  private final Reader reader;
  private final Function<List<Object>, T> whole;
  private final Likeness likeness;
  private final Function<Said<Object>, String> writer;

  private Key(
      String path,
      T otherwise,
      Kind kind,
      Shape shape,
      Reader reader,
      Function<List<Object>, T> whole,
      Likeness likeness,
      Function<Said<Object>, String> writer) {
    this.path = path;
    this.otherwise = otherwise;
    this.kind = kind;
    this.shape = shape;
    this.reader = reader;
    this.whole = whole;
    this.likeness = likeness;
    this.writer = writer;
  }

  /** The way in which values of a key are put together. */
  public enum Kind {
    /** The later value counts. */
    VALUE,
    /** Items are added. */
    LIST,
    /** Of two entries with one name the later one counts. */
    MAPPING
  }

  /**
   * Which values stand for one thing.
   *
   * @param of what they have in common
   * @param together two of them as one
   */
  private record Likeness(UnaryOperator<Object> of, BinaryOperator<Object> together) {
    static final Likeness OF_EQUALS = new Likeness(value -> value, (one, other) -> one);
    static final Likeness OF_ALL = new Likeness(value -> Kind.VALUE, (one, other) -> other);
    static final Likeness OF_NAMES =
        new Likeness(entry -> ((Map.Entry<?, ?>) entry).getKey(), (one, other) -> other);
  }

  private interface Reader {
    Optional<Reading<Object>> read(Yaml node, Scope scope);
  }

  /** One whose value replaces that of a base profile. */
  @SuppressWarnings("unchecked") // so are values
  public static <T> Key<T> replacing(String path, ValueReader<T> reader, T otherwise) {
    Reader single =
        (node, scope) ->
            reader.read(node, scope).map(value -> Reading.single(scope.said((Object) value, node)));
    return new Key<>(
        path,
        otherwise,
        Kind.VALUE,
        reader.shape(),
        single,
        values -> (T) values.get(values.size() - 1),
        Likeness.OF_ALL,
        Said::written);
  }

  /** The same for a value that may add to the one of a base profile, or replace it. */
  @SuppressWarnings("unchecked") // so are values
  public static <T> Key<T> combining(
      String path, ValueReader<T> reader, T otherwise, BinaryOperator<T> together) {
    Key<T> key = replacing(path, reader, otherwise);
    Likeness likeness =
        new Likeness(Likeness.OF_ALL.of(), (one, other) -> together.apply((T) one, (T) other));
    return new Key<>(
        path, otherwise, Kind.VALUE, key.shape, key.reader, key.whole, likeness, key.writer);
  }

  /** One whose values are added to those of a base profile. */
  public static <E> Key<List<E>> appending(String path, ItemReader<E> items) {
    return list(path, new ListReader<>(items, false), Likeness.OF_EQUALS);
  }

  /**
   * The same for a list of which {@code []} takes all back.
   *
   * @param sameness what makes two items one
   * @param together two items as one
   */
  @SuppressWarnings("unchecked") // the items of a key are what its reader makes
  public static <E> Key<List<E>> emptying(
      String path, ItemReader<E> items, Function<E, Object> sameness, BinaryOperator<E> together) {
    Likeness likeness =
        new Likeness(
            item -> sameness.apply((E) item), (one, other) -> together.apply((E) one, (E) other));
    return list(path, new ListReader<>(items, true), likeness);
  }

  /** One whose entries are added to those of a base profile, name by name. */
  public static <V> Key<Map<String, V>> merging(
      String path, Shape shape, Fields.Known known, MapReader<V> values) {
    Reader entries =
        (node, scope) ->
            scope
                .mapping(node)
                .map(mapping -> Reading.more(entries(mapping, scope, known, values)));
    return new Key<>(
        path,
        Map.of(),
        Kind.MAPPING,
        shape,
        entries,
        Key::merged,
        Likeness.OF_NAMES,
        Said::written);
  }

  /** The same key, whose values are written otherwise than as they were. */
  @SuppressWarnings("unchecked") // a key's values are what its reader makes
  public <E> Key<T> writing(Function<E, String> text) {
    return new Key<>(
        path,
        otherwise,
        kind,
        shape,
        reader,
        whole,
        likeness,
        said -> text.apply((E) said.value()));
  }

  @SuppressWarnings("unchecked") // the items of a key are what its reader makes
  private static <E> Key<List<E>> list(String path, ListReader<E> list, Likeness likeness) {
    return new Key<>(
        path,
        List.of(),
        Kind.LIST,
        list.shape(),
        (node, scope) -> list.read(node, scope).map(Key::unchecked),
        items -> List.copyOf((List<E>) items),
        likeness,
        Said::written);
  }

  private static <V> List<Said<Object>> entries(
      Mapping mapping, Scope scope, Fields.Known known, MapReader<V> values) {
    List<Said<Object>> said = new ArrayList<>();
    for (Entry entry : known.entries(mapping, scope)) {
      String name = entry.key().text();
      values
          .read(entry, scope.at(name))
          .ifPresent(
              value ->
                  said.add(
                      new Said<>(
                          Map.entry(name, value),
                          YamlText.of(entry.value()),
                          scope.origin(entry.key()))));
    }
    return said;
  }

  @SuppressWarnings("unchecked")
  private static Reading<Object> unchecked(Reading<?> reading) {
    return (Reading<Object>) reading;
  }

  @SuppressWarnings("unchecked")
  private static <V> Map<String, V> merged(List<Object> entries) {
    Map<String, V> merged = new LinkedHashMap<>();
    for (Object each : entries) {
      Map.Entry<String, V> entry = (Map.Entry<String, V>) each;
      merged.put(entry.getKey(), entry.getValue());
    }
    return Map.copyOf(merged);
  }

  /** Where it is said, with dots between the levels. */
  public String path() {
    return path;
  }

  /** Whether the two are one list but for whether what it lists has to be there. */
  public boolean isTwinOf(Key<?> other) {
    return required(path).equals(required(other.path));
  }

  private static String required(String path) {
    return path.endsWith(IF_PRESENT)
        ? path.substring(0, path.length() - IF_PRESENT.length())
        : path;
  }

  public Kind kind() {
    return kind;
  }

  /** What stands behind it in a file. */
  public Shape shape() {
    return shape;
  }

  /** What holds where nothing is said. */
  T otherwise() {
    return otherwise;
  }

  /** All that was said as one value. */
  T whole(List<Said<Object>> said) {
    return said.isEmpty() ? otherwise : whole.apply(said.stream().map(Said::value).toList());
  }

  /** What two values that stand for one have in common. */
  public Object sameness(Object value) {
    return likeness.of.apply(value);
  }

  /** Two values that stand for one. */
  Object together(Object one, Object other) {
    return likeness.together.apply(one, other);
  }

  /** A value as YAML on one line, with absolute paths. */
  public String text(Said<Object> said) {
    return writer.apply(said);
  }

  /** Where an item or an entry is said: that of a mapping has a name. */
  String pathOf(Said<Object> said) {
    return kind == Kind.MAPPING ? path + "." + sameness(said.value()) : path;
  }

  /** Reads a value into settings. */
  public void read(Yaml node, Scope scope, Settings into) {
    into.mention(this);
    reader.read(node, scope).ifPresent(reading -> into.say(this, reading));
  }

  @Override
  public String toString() {
    return path;
  }
}
