package dev.hexe.policy.profiles.key;

import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.api.profile.ProtectedPath;
import dev.hexe.policy.profiles.ShippedProtectedPaths;
import dev.hexe.policy.profiles.ShippedProtectedPaths.Group;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Scalar;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads a path that is kept from the command; {@code default} stands for the shipped ones. */
public final class ProtectedPathsReader implements ItemReader<ProtectedPathEntry> {
  /** The shipped ones. */
  public static final String DEFAULT = "default";

  private final Function<ShippedProtectedPaths, List<Group>> shipped;
  private final String because;

  /** Takes the shipped ones from some of all; the others are there {@code because}. */
  ProtectedPathsReader(Function<ShippedProtectedPaths, List<Group>> shipped, String because) {
    this.shipped = shipped;
    this.because = because;
  }

  @Override
  public Stream<Said<ProtectedPathEntry>> read(Yaml item, Scope scope) {
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
  public Stream<Said<ProtectedPathEntry>> paths(String text, PathExpander expander, Origin origin) {
    if (text.equals(DEFAULT)) {
      return shipped.apply(ShippedProtectedPaths.read()).stream()
          .flatMap(group -> paths(group, expander, origin));
    }
    ProtectedPath guard = new ProtectedPath(expander.expandKept(text), because);
    ProtectedPathEntry path = new ProtectedPathEntry(guard, false);
    return Stream.of(
        new Said<>(path, YamlText.scalar(ProtectedPathEntry.text(guard.path())), origin));
  }

  private static Stream<Said<ProtectedPathEntry>> paths(
      Group group, PathExpander expander, Origin asked) {
    Origin origin = new Origin.DefaultList(group.because(), asked);
    Stream<ProtectedPathEntry> kept =
        group.items().stream().flatMap(it -> path(it, group, expander, false));
    Stream<ProtectedPathEntry> shown =
        group.exceptions().stream().flatMap(it -> path(it, group, expander, true));
    return Stream.concat(kept, shown).map(path -> new Said<>(path, text(path), origin));
  }

  private static String text(ProtectedPathEntry path) {
    return ProtectedPathEntry.text(path.path()) + (path.shown() ? " (can be read)" : "");
  }

  private static Stream<ProtectedPathEntry> path(
      String item, Group group, PathExpander expander, boolean shown) {
    return expander.expandShipped(item).stream()
        .map(path -> new ProtectedPathEntry(new ProtectedPath(path, group.because(), true), shown));
  }
}
