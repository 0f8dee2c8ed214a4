package dev.hexe.policy.profiles.shape;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The shape of a value in a file: what can be said of it without knowing what it means. */
public sealed interface Shape {
  /** A single value of any kind. */
  Shape TEXT = new Text();

  /** A single value of any kind. */
  record Text() implements Shape {}

  /**
   * One of a few words.
   *
   * @param words in the order in which messages list them
   */
  record Words(List<String> words) implements Shape {
    /** Copies the list. */
    public Words {
      words = List.copyOf(words);
    }
  }

  /**
   * A list.
   *
   * @param item the shape of each item
   * @param mayBeEmpty whether there may be none
   */
  record Items(Shape item, boolean mayBeEmpty) implements Shape {}

  /**
   * Keys with values.
   *
   * @param known the keys there are, in the order in which they are written
   * @param others the shape behind keys of the author's own; empty where there are none
   * @param required those that have to be there
   * @param most how many there may be; 0 for any number
   */
  record Members(Map<String, Shape> known, Optional<Shape> others, List<String> required, int most)
      implements Shape {
    /** Copies, in their order. */
    public Members {
      known = Collections.unmodifiableMap(new LinkedHashMap<>(known));
      required = List.copyOf(required);
    }
  }

  /** One of several shapes. */
  record OneOf(List<Shape> shapes) implements Shape {
    /** Copies the list. */
    public OneOf {
      shapes = List.copyOf(shapes);
    }
  }

  /** One of a few words. */
  static Shape words(Collection<String> words) {
    return new Words(List.copyOf(words));
  }

  /** A list with at least one item. */
  static Shape items(Shape item) {
    return new Items(item, false);
  }

  /** Either of two shapes. */
  static Shape either(Shape... shapes) {
    return new OneOf(List.of(shapes));
  }

  /** A single value, or a list of them. */
  static Shape oneOrMore() {
    return either(TEXT, items(TEXT));
  }

  /** Keys that are known, each of which may be left out. */
  static Members members(Map<String, Shape> known) {
    return new Members(known, Optional.empty(), List.of(), 0);
  }

  /** Keys that are known, all with values of one shape. */
  static Members members(Collection<String> names, Shape value) {
    Map<String, Shape> known = new LinkedHashMap<>();
    names.forEach(name -> known.put(name, value));
    return members(known);
  }

  /** Keys of the author's own. */
  static Members open(Shape value) {
    return new Members(Map.of(), Optional.of(value), List.of(), 0);
  }

  /** Keys all of which have to be there. */
  static Members complete(Map<String, Shape> known) {
    return new Members(known, Optional.empty(), List.copyOf(known.keySet()), 0);
  }
}
