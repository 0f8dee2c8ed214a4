package dev.hexe.policy.profiles;

import dev.hexe.policy.api.profile.Safeguard;
import dev.hexe.policy.profiles.ShippedSafeguards.Group;
import dev.hexe.policy.profiles.Yaml.Entry;
import dev.hexe.policy.profiles.Yaml.Mapping;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads a list of paths, in which {@code default} stands for the shipped ones. It is added to what
 * a base profile lists, unless it is empty or written as {@code {only: [...]}}.
 */
final class KeptPathsReader implements ValueReader<KeptPaths> {
  /** The shipped ones. */
  static final String DEFAULT = "default";

  private static final String ONLY = "only";

  private final Function<ShippedSafeguards, List<Group>> shipped;
  private final String because;

  /** Takes the shipped ones from some of all; the others are there {@code because}. */
  KeptPathsReader(Function<ShippedSafeguards, List<Group>> shipped, String because) {
    this.shipped = shipped;
    this.because = because;
  }

  @Override
  public Optional<KeptPaths> read(Yaml node, Scope scope) {
    if (node instanceof Mapping mapping) {
      return only(mapping, scope);
    }
    return list(node, scope).map(paths -> node.isEmpty() ? paths.replacing() : paths);
  }

  private Optional<KeptPaths> only(Mapping mapping, Scope scope) {
    List<Entry> entries = Fields.known(mapping, List.of(ONLY), scope);
    if (entries.isEmpty()) {
      scope.mistake(mapping, scope.name() + " lacks `only`", "write `{only: [PATH]}`, or a list");
    }
    return entries.stream()
        .findFirst()
        .flatMap(entry -> list(entry.value(), scope.at(ONLY)))
        .map(KeptPaths::replacing);
  }

  private Optional<KeptPaths> list(Yaml node, Scope scope) {
    return Values.list("a path", text -> path(text, scope.paths()))
        .read(node, scope)
        .map(lists -> lists.stream().reduce(KeptPaths.NONE, KeptPaths::and));
  }

  /** What one item means. */
  KeptPaths path(String text, PathExpander expander) {
    return text.equals(DEFAULT)
        ? shipped(expander)
        : new KeptPaths(
            List.of(new Safeguard(expander.expandKept(text), because)), List.of(), false);
  }

  private KeptPaths shipped(PathExpander expander) {
    List<Group> groups = shipped.apply(ShippedSafeguards.read());
    return new KeptPaths(
        groups.stream()
            .flatMap(
                group ->
                    group.items().stream()
                        .map(
                            item ->
                                new Safeguard(expander.expandKept(item), group.because(), true)))
            .toList(),
        groups.stream()
            .flatMap(group -> group.exceptions().stream())
            .map(expander::expandKept)
            .toList(),
        false);
  }
}
