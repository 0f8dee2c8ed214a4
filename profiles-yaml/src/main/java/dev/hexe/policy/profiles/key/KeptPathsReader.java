package dev.hexe.policy.profiles.key;

import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.api.profile.Safeguard;
import dev.hexe.policy.profiles.ShippedSafeguards;
import dev.hexe.policy.profiles.ShippedSafeguards.Group;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Scalar;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads a path that is kept from the command; {@code default} stands for the shipped ones. */
public final class KeptPathsReader implements ItemReader<KeptPath> {
  /** The shipped ones. */
  public static final String DEFAULT = "default";

  private final Function<ShippedSafeguards, List<Group>> shipped;
  private final String because;

  /** Takes the shipped ones from some of all; the others are there {@code because}. */
  KeptPathsReader(Function<ShippedSafeguards, List<Group>> shipped, String because) {
    this.shipped = shipped;
    this.because = because;
  }

  @Override
  public Stream<Said<KeptPath>> read(Yaml item, Scope scope) {
    if (!(item instanceof Scalar scalar)) {
      scope.mistake(item, "a path is a single value, not " + item.kind(), "");
      return Stream.empty();
    }
    try {
      return paths(scalar.text(), scope.paths(), scope.origin(item));
    } catch (ProfileException e) {
      scope.mistakes().add(item.span(), e);
      return Stream.empty();
    }
  }

  /**
   * What one item means.
   *
   * @throws ProfileException where it cannot be meant
   */
  public Stream<Said<KeptPath>> paths(String text, PathExpander expander, Origin origin) {
    if (text.equals(DEFAULT)) {
      return shipped.apply(ShippedSafeguards.read()).stream()
          .flatMap(group -> paths(group, expander, origin));
    }
    Safeguard guard = new Safeguard(expander.expandKept(text), because);
    KeptPath path = new KeptPath(guard, false);
    return Stream.of(new Said<>(path, YamlText.scalar(KeptPath.text(guard.path())), origin));
  }

  private static Stream<Said<KeptPath>> paths(Group group, PathExpander expander, Origin asked) {
    Origin origin = new Origin.DefaultList(group.because(), asked);
    Stream<KeptPath> kept = group.items().stream().flatMap(it -> path(it, group, expander, false));
    Stream<KeptPath> shown =
        group.exceptions().stream().flatMap(it -> path(it, group, expander, true));
    return Stream.concat(kept, shown).map(path -> new Said<>(path, text(path), origin));
  }

  private static String text(KeptPath path) {
    return KeptPath.text(path.path()) + (path.shown() ? " (can be read)" : "");
  }

  private static Stream<KeptPath> path(
      String item, Group group, PathExpander expander, boolean shown) {
    return expander.expandShipped(item).stream()
        .map(path -> new KeptPath(new Safeguard(path, group.because(), true), shown));
  }
}
