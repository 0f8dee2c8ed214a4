package dev.hexe.policy.profiles.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.reader.PathExpander;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The quick expansion of shipped paths, beside that of any path. */
class ShippedExpansionTest {
  static Stream<ProfileContext> surroundings() {
    return Stream.of(
        context("/home/ada", Map.of()),
        context("/", Map.of()),
        context("/home/../home//ada", Map.of()),
        context("/home/ada", Map.of("XDG_CONFIG_HOME", "/etc/./xdg", "XDG_DATA_HOME", "/data/")),
        context("/home/ada", Map.of("XDG_CONFIG_HOME", "/home/ada/.config")),
        context("/home/ada", Map.of("XDG_STATE_HOME", "relative", "XDG_CACHE_HOME", "/")));
  }

  private static ProfileContext context(String home, Map<String, String> environment) {
    return ProfileContext.of(Path.of(home), "ada", Path.of("/work"), environment);
  }

  @ParameterizedTest
  @MethodSource("surroundings")
  void bothSayTheSame(ProfileContext context) {
    PathExpander quick = new PathExpander(context, "");
    List<String> shipped = shipped().toList();
    assertTrue(shipped.size() > 1000, "there are " + shipped.size());
    for (String path : shipped) {
      assertEquals(new PathExpander(context, "").expandWhole(path), quick.expandShipped(path));
    }
  }

  private static Stream<String> shipped() {
    ShippedProtectedPaths shipped = ShippedProtectedPaths.read();
    return Stream.concat(shipped.protect().stream(), shipped.hide().stream())
        .flatMap(group -> Stream.concat(group.items().stream(), group.exceptions().stream()));
  }
}
