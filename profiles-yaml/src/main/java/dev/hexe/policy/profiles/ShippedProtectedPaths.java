package dev.hexe.policy.profiles;

import dev.hexe.policy.profiles.key.Fields;
import dev.hexe.policy.profiles.key.PathExpander;
import dev.hexe.policy.profiles.yaml.Mistakes;
import dev.hexe.policy.profiles.yaml.ProfileFile;
import dev.hexe.policy.profiles.yaml.SourceText;
import dev.hexe.policy.profiles.yaml.TreeReader;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Entry;
import dev.hexe.policy.profiles.yaml.Yaml.Mapping;
import dev.hexe.policy.profiles.yaml.Yaml.Scalar;
import dev.hexe.policy.profiles.yaml.Yaml.Sequence;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The meaning of {@code default} in {@code protect}, {@code hide} and {@code environment.unset}:
 * the file {@code safeguards.yaml}.
 */
public final class ShippedProtectedPaths {
  private static final String RESOURCE = "safeguards.yaml";
  private static final String EXPOSURE = "exposure";

  private final Mapping root;

  private ShippedProtectedPaths(Mapping root) {
    this.root = root;
  }

  /**
   * Paths or names that belong together.
   *
   * @param id the exposure that they close
   * @param because what makes them worth it, in words that follow a path or a name
   * @param items as written: paths, or patterns of names
   * @param exceptions what is left alone: paths below those, or names that match
   */
  public record Group(String id, String because, List<String> items, List<String> exceptions) {}

  /** Read once in a process: several profiles of one list ask for them. */
  private static final class Shipped {
    static final ShippedProtectedPaths ALL = fromResource();
  }

  /** Those that come with this program. */
  public static ShippedProtectedPaths read() {
    return Shipped.ALL;
  }

  private static ShippedProtectedPaths fromResource() {
    try (InputStream stream = ShippedProtectedPaths.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException("this installation lacks its safeguards");
      }
      SourceText text = ProfileFile.decode(stream.readAllBytes(), RESOURCE);
      Mistakes mistakes = new Mistakes(text);
      Yaml root = new TreeReader(text, mistakes).read().orElseThrow(mistakes::exception);
      mistakes.throwIfAny();
      return new ShippedProtectedPaths((Mapping) root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is protected. */
  public List<Group> protect() {
    return groups("protect", "paths", "show");
  }

  /** What is hidden. */
  public List<Group> hide() {
    return groups("hide", "paths", "show");
  }

  /** Variables whose names speak of secrets. */
  public Group secretVariables() {
    return groups("environment", "names", "harmless").get(0);
  }

  /** The items of groups as absolute paths, by the id of their group. */
  public static Function<Group, Stream<String>> paths(ProfileContext context) {
    PathExpander expander = new PathExpander(context, "");
    return group -> group.items().stream().flatMap(item -> expander.expandShipped(item).stream());
  }

  private List<Group> groups(String section, String items, String exceptions) {
    return Fields.entry(root, section).map(Entry::value).stream()
        .flatMap(node -> ((Mapping) node).entries().stream())
        .map(
            entry ->
                new Group(
                    Fields.entry(entry.value(), EXPOSURE)
                        .map(given -> ((Scalar) given.value()).text())
                        .orElse(entry.key().text()),
                    text(entry.value(), "because"),
                    texts(entry.value(), items),
                    texts(entry.value(), exceptions)))
        .toList();
  }

  private static String text(Yaml node, String key) {
    return Fields.entry(node, key)
        .map(entry -> ((Scalar) entry.value()).text())
        .orElseThrow(() -> new IllegalStateException("a group of safeguards lacks `" + key + "`"));
  }

  private static List<String> texts(Yaml node, String key) {
    return Fields.entry(node, key).map(Entry::value).stream()
        .flatMap(list -> ((Sequence) list).items().stream())
        .map(item -> ((Scalar) item).text())
        .toList();
  }
}
