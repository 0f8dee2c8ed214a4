package dev.hexe.policy.profiles.format;

import dev.hexe.policy.profiles.shape.Shape;
import java.util.List;
import java.util.stream.Stream;

/** Finds a way through shapes. */
final class Shapes {
  private Shapes() {}

  /** The keys of a mapping of this shape, in their order. */
  static List<String> keys(Shape shape) {
    return alternatives(shape)
        .filter(Shape.Members.class::isInstance)
        .map(Shape.Members.class::cast)
        .flatMap(members -> members.known().keySet().stream())
        .toList();
  }

  /** The shape behind a key, or of an item. */
  static Shape below(Shape shape, String name, boolean mapping) {
    return alternatives(shape)
        .flatMap(each -> mapping ? value(each, name) : item(each))
        .findFirst()
        .orElse(Shape.TEXT);
  }

  private static Stream<Shape> value(Shape shape, String name) {
    if (!(shape instanceof Shape.Members members)) {
      return Stream.empty();
    }
    Shape known = members.known().get(name);
    return known == null ? members.others().stream() : Stream.of(known);
  }

  private static Stream<Shape> item(Shape shape) {
    return shape instanceof Shape.Items items ? Stream.of(items.item()) : Stream.empty();
  }

  private static Stream<Shape> alternatives(Shape shape) {
    return shape instanceof Shape.OneOf one
        ? one.shapes().stream().flatMap(Shapes::alternatives)
        : Stream.of(shape);
  }
}
