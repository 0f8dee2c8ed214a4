package dev.hexe.policy.profiles.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hexe.policy.profiles.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Whatever the bytes of a profile are, it is read or refused with words. The corpus is tried in
 * each build; {@code scripts/fuzz yaml} looks for more.
 */
class YamlFuzzTest {
  private static Path root = Path.of("/nowhere");

  @BeforeAll
  static void makeRoot() throws IOException {
    root = Files.createTempDirectory("hexe-yaml-fuzz-").toRealPath();
  }

  @AfterAll
  static void removeRoot() throws IOException {
    try (var tree = Files.walk(root)) {
      tree.sorted(java.util.Comparator.reverseOrder()).map(Path::toFile).forEach(it -> it.delete());
    }
  }

  @FuzzTest
  void isReadOrRefused(byte[] bytes) {
    Surroundings surroundings = new Surroundings(root).write("work/p.yaml", bytes);
    try {
      surroundings.profiles().load("p.yaml");
    } catch (ProfileException e) {
      assertPrintable(e.getMessage() + e.help());
      return;
    }
    assertMeansTheSameWhenResolved(surroundings);
  }

  private static void assertMeansTheSameWhenResolved(Surroundings surroundings) {
    String resolved = surroundings.profiles().resolvedSource("p.yaml");
    surroundings.write("elsewhere/q.yaml", resolved);
    String again =
        surroundings.profiles().resolvedSource(surroundings.path("elsewhere/q.yaml").toString());
    assertEquals(withoutOrigins(resolved), withoutOrigins(again));
  }

  private static String withoutOrigins(String yaml) {
    return yaml.lines()
        .map(line -> line.replaceAll(" +# .*", ""))
        .reduce("", (a, b) -> a + b + "\n");
  }

  /** No mistake drives the terminal that it is shown on. */
  private static void assertPrintable(String text) {
    assertTrue(!text.isBlank(), "a refusal says why");
    assertTrue(
        text.chars().noneMatch(it -> Character.isISOControl(it) && it != '\n' && it != '\t'), text);
  }
}
