package dev.hexe.policy.profiles.reader;

import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.profiles.shape.Shape;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Entry;
import dev.hexe.policy.profiles.yaml.Yaml.Mapping;
import dev.hexe.policy.profiles.yaml.Yaml.Sequence;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a list: a plain one is added to what a base profile lists, and {@code {only: [...]}} takes
 * its place.
 */
public final class ListReader<E> {
  public static final String ONLY = "only";

  private final ItemReader<E> items;
  private final boolean emptyMeansNone;

  /**
   * A reader of lists.
   *
   * @param emptyMeansNone whether {@code []} is short for {@code {only: []}}
   */
  ListReader(ItemReader<E> items, boolean emptyMeansNone) {
    this.items = items;
    this.emptyMeansNone = emptyMeansNone;
  }

  Shape shape() {
    return Shape.either(
        new Shape.Items(items.shape(), emptyMeansNone),
        Shape.complete(Map.of(ONLY, new Shape.Items(items.shape(), true))));
  }

  Optional<Reading<E>> read(Yaml node, Scope scope) {
    if (node instanceof Mapping mapping) {
      return only(mapping, scope);
    }
    Optional<Sequence> list = scope.sequence(node);
    if (list.filter(Sequence::isEmpty).isEmpty()) {
      return list.map(found -> Reading.more(items(found, scope)));
    }
    if (emptyMeansNone) {
      return Optional.of(new Reading<>(List.of(), Optional.of(scope.origin(node))));
    }
    scope.mistake(
        node,
        "an empty list adds nothing to " + scope.name(),
        "leave it out, or write `{only: []}` to take back what a profile lists that this one extends");
    return Optional.empty();
  }

  private Optional<Reading<E>> only(Mapping mapping, Scope scope) {
    List<Entry> entries = Fields.known(mapping, List.of(ONLY), scope);
    if (entries.isEmpty()) {
      scope.mistake(mapping, scope.name() + " lacks `only`", "write a list, or `{only: [...]}`");
      return Optional.empty();
    }
    Entry entry = entries.get(0);
    Origin here = scope.origin(entry.key());
    return scope
        .at(ONLY)
        .sequence(entry.value())
        .map(list -> new Reading<>(items(list, scope), Optional.of(here)));
  }

  private List<Said<E>> items(Sequence list, Scope scope) {
    return list.items().stream().flatMap(item -> items.read(item, scope)).toList();
  }
}
