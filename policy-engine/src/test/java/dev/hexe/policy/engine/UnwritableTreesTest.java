package dev.hexe.policy.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.NextRun;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.testing.ProfileBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists that come to nothing because of what decides the next run. */
class UnwritableTreesTest {
  private static final NextRun NEXT =
      new NextRun(
          List.of("/src/hexe", "/home/me/.config/hexe-policy"),
          List.of(),
          List.of("/src/hexe"),
          List.of());

  private static List<String> warnings(String... written) {
    Profile profile =
        ProfileBuilder.profile().unlisted(Unlisted.ABSENT).write(written).build().withNextRun(NEXT);
    return UnwritableTrees.warnings(profile);
  }

  @Test
  void whereTheProgramIsStartedFromTheWayOutIsAnotherOne() {
    for (String path : List.of("/src/hexe", "/src/hexe/cli")) {
      List<String> warnings = warnings("/home/me", path);
      assertEquals(1, warnings.size());
      assertTrue(
          warnings.get(0).startsWith("warning: nothing can be written in `" + path + "`"),
          warnings::toString);
      assertTrue(warnings.get(0).contains("`make install PREFIX=$HOME/.local`"));
    }
  }

  @Test
  void configurationIsNamed() {
    assertEquals(
        List.of(
            "warning: nothing can be written in `/home/me/.config/hexe-policy/profiles`, though it is listed:"
                + " `/home/me/.config/hexe-policy` decides what the next run of hexe-policy does"),
        warnings("/home/me/.config/hexe-policy/profiles"));
  }

  @Test
  void treesAroundAndBesideAreWritten() {
    assertEquals(List.of(), warnings("/src", "/src/hexe2", "/home/me"));
  }
}
