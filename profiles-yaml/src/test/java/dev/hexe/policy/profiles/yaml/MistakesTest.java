package dev.hexe.policy.profiles.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.profiles.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every mistake says where it is, what it is, and what to do about it; {@code mistakes.txt} has
 * them all.
 */
class MistakesTest {
  @TempDir Path root;

  @ParameterizedTest
  @MethodSource("mistakes")
  void isExplained(String yaml, String expected) {
    assertEquals(expected, new Surroundings(root).mistakes(yaml));
  }

  @Test
  void aWideLineIsShownInPart() {
    String yaml = "network: " + " ".repeat(200) + "b".repeat(200) + "\n";
    List<String> told = new Surroundings(root).mistakes(yaml).lines().toList();
    assertEquals("    " + " ".repeat(40) + "b".repeat(60), told.get(1));
    assertEquals("    " + " ".repeat(40) + "^".repeat(60), told.get(2));
  }

  static Stream<Arguments> mistakes() throws IOException {
    return Stream.of(text().split("=====\n")).skip(1).map(MistakesTest::example);
  }

  private static Arguments example(String text) {
    String[] parts = text.split("-----\n", 2);
    return Arguments.of(parts[0], parts[1].stripTrailing());
  }

  private static String text() throws IOException {
    try (InputStream stream = MistakesTest.class.getResourceAsStream("mistakes.txt")) {
      return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
