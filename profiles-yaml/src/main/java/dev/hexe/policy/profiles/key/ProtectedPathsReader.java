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
import org.jspecify.annotations.Nullable;

/** Reads a path that is kept from the command; {@code default} stands for the shipped ones. */
public final class ProtectedPathsReader implements ItemReader<ProtectedPathEntry> {
  /** The shipped ones. */
  public static final String DEFAULT = "default";

  private final Function<ShippedProtectedPaths, List<Group>> shipped;
  private final String because;
  private volatile @Nullable ShippedEntries expanded;

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
      return shippedFor(expander).said(origin);
    }
    ProtectedPath guard = new ProtectedPath(expander.expandKept(text), because);
    ProtectedPathEntry path = new ProtectedPathEntry(guard, false);
    return Stream.of(
        new Said<>(path, YamlText.scalar(ProtectedPathEntry.text(guard.path())), origin));
  }

  private ShippedEntries shippedFor(PathExpander expander) {
    ShippedEntries known = expanded;
    if (known == null || !known.holdIn(expander.context())) {
      known = ShippedEntries.of(shipped.apply(ShippedProtectedPaths.read()), expander);
      expanded = known;
    }
    return known;
  }
}
