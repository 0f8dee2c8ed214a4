package dev.hexe.policy.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.MountEntries;
import dev.hexe.policy.profiles.library.BuiltIns;
import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.setting.ProfileKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/profiles.md} tells the truth, and all of it. */
class DocumentationTest {
  @TempDir Path root;

  @ParameterizedTest
  @MethodSource("words")
  void everyWordIsExplained(String word) throws IOException {
    assertTrue(page().contains(word), word);
  }

  @Test
  void theExampleCanBeUsed() throws IOException {
    Surroundings surroundings = new Surroundings(root).write("work/ci/tests.yaml", example());
    assertEquals("tests", surroundings.profiles().load("ci/tests.yaml").name());
  }

  @Test
  void theExampleOfALayoutCanBeUsed() throws IOException {
    String layout =
        page().split("\n## Layout\n", 2)[1].split("```yaml\n", 2)[1].split("```\n", 2)[0];
    Surroundings surroundings = new Surroundings(root).write("work/tools/try.yaml", layout);
    MountEntries fixtures = surroundings.profiles().load("tools/try.yaml").files().fixtures();
    assertEquals(7, fixtures.all().size());
  }

  @Test
  void theMistakeIsToldAsShown() throws IOException {
    String example = example().replace("2G", "2GB").replace("/opt/jdk-17", "/usr");
    Surroundings surroundings =
        new Surroundings(root).write("work/build/x", "").write("work/ci/tests.yaml", example);
    String told = surroundings.failure(() -> surroundings.profiles().load("ci/tests.yaml"));
    assertTrue(page().contains(("hexe-policy: " + told).indent(4)), told);
  }

  static Stream<String> words() {
    return Stream.of(
            ProfileKeys.ALL.stream()
                .map(Key::path)
                .map(path -> path.replaceFirst("^files\\..*-if-present", "-if-present")),
            Guarantee.builtIn().stream().map(guarantee -> "`" + guarantee.id() + "`"),
            BuiltIns.NAMES.stream())
        .flatMap(words -> words);
  }

  private static String example() throws IOException {
    return page().split("```yaml\n", 2)[1].split("```\n", 2)[0];
  }

  private static String page() throws IOException {
    return Files.readString(Path.of(System.getProperty("hexe.checkout"), "docs/profiles.md"));
  }
}
