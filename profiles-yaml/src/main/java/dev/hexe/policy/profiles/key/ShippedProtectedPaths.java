package dev.hexe.policy.profiles.key;

import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.reader.PathExpander;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The meaning of {@code default} in {@code protect}, {@code hide} and {@code environment.unset}:
 * the file {@code safeguards.yaml}.
 */
public final class ShippedProtectedPaths {
  private static final String RESOURCE = "safeguards.yaml";

  private final Map<String, List<Group>> sections;

  private ShippedProtectedPaths(Map<String, List<Group>> sections) {
    this.sections = sections;
  }

  /**
   * Paths or names that belong together.
   *
   * @param id the exposure that they close
   * @param because what makes them worth it, in words that follow a path or a name
   * @param items as written: paths, or patterns of names
   * @param exceptions what is left alone: paths below those, or names that match
   * @param own whether the command has empty directories of its own in their place
   */
  public record Group(
      String id, String because, List<String> items, List<String> exceptions, boolean own) {}

  /** Read once in a process: several profiles of one list ask for them. */
  private static final class Shipped {
    static final ShippedProtectedPaths ALL = fromResource();
  }

  /** Those that come with this program. */
  public static ShippedProtectedPaths read() {
    return Shipped.ALL;
  }

  private static ShippedProtectedPaths fromResource() {
    try (InputStream stream =
        ShippedProtectedPaths.class.getResourceAsStream("/dev/hexe/policy/profiles/" + RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException("this installation lacks its safeguards");
      }
      return new ShippedProtectedPaths(
          ShippedGroups.read(new String(stream.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is protected. */
  public List<Group> protect() {
    return groups("protect");
  }

  /** What is hidden. */
  public List<Group> hide() {
    return groups("hide");
  }

  /** Variables whose names speak of secrets. */
  public Group secretVariables() {
    return groups("environment").get(0);
  }

  /** The items of groups as absolute paths, by the id of their group. */
  public static Function<Group, Stream<String>> paths(ProfileContext context) {
    PathExpander expander = new PathExpander(context, "");
    return group -> group.items().stream().flatMap(item -> expander.expandShipped(item).stream());
  }

  private List<Group> groups(String section) {
    return Objects.requireNonNull(sections.get(section), section);
  }
}
