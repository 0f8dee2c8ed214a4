package dev.hexe.policy.profiles.key;

import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.api.profile.ProtectedPath;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.key.ShippedProtectedPaths.Group;
import dev.hexe.policy.profiles.reader.ItemReader;
import dev.hexe.policy.profiles.reader.PathExpander;
import dev.hexe.policy.profiles.reader.Said;
import dev.hexe.policy.profiles.reader.Scope;
import dev.hexe.policy.profiles.value.ProtectedPathEntry;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Scalar;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  /**
   * The shipped paths as they lie for one user, hundreds of them. No shipped path depends on the
   * project or on a profile's own variables, so all profiles of a process share them.
   */
  private static final class ShippedEntries {
    private final Path home;
    private final Map<String, String> environment;
    private final List<Part> parts;

    private ShippedEntries(ProfileContext context, List<Part> parts) {
      this.home = context.home();
      this.environment = context.environment();
      this.parts = parts;
    }

    /** Paths that belong together, and how each is written. */
    private record Part(String because, List<ProtectedPathEntry> paths, List<String> written) {}

    /** Expands them. */
    static ShippedEntries of(List<Group> groups, PathExpander expander) {
      List<Part> parts = groups.stream().map(group -> part(group, expander)).toList();
      return new ShippedEntries(expander.context(), parts);
    }

    private static Part part(Group group, PathExpander expander) {
      List<ProtectedPathEntry> paths = new ArrayList<>();
      add(group.items(), false, group, expander, paths);
      add(group.exceptions(), true, group, expander, paths);
      List<String> written = new ArrayList<>();
      for (ProtectedPathEntry path : paths) {
        written.add(ProtectedPathEntry.text(path.path()) + (path.shown() ? " (can be read)" : ""));
      }
      return new Part(group.because(), paths, written);
    }

    private static void add(
        List<String> items,
        boolean shown,
        Group group,
        PathExpander expander,
        List<ProtectedPathEntry> to) {
      for (String item : items) {
        for (String path : expander.expandShipped(item)) {
          ProtectedPath guard = new ProtectedPath(path, group.because(), true, group.own());
          to.add(new ProtectedPathEntry(guard, shown));
        }
      }
    }

    /** Whether they lie there in these surroundings as well. */
    boolean holdIn(ProfileContext context) {
      return home.equals(context.home()) && environment.equals(context.environment());
    }

    /** All of them, for one place that asks for them. */
    Stream<Said<ProtectedPathEntry>> said(Origin asked) {
      List<Said<ProtectedPathEntry>> said = new ArrayList<>();
      for (Part part : parts) {
        Origin origin = new Origin.DefaultList(part.because(), asked);
        for (int i = 0; i < part.paths().size(); i++) {
          said.add(new Said<>(part.paths().get(i), part.written().get(i), origin));
        }
      }
      return said.stream();
    }
  }
}
