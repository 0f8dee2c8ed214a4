package dev.hexe.policy.exposure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KindTest {
  @Test
  void allTogetherMakeTen() {
    assertEquals(100, Arrays.stream(Kind.values()).mapToInt(Kind::weight).sum());
  }

  @ParameterizedTest
  @EnumSource
  void eachIsToldInASentenceAndCanBeClosed(Kind kind) {
    assertTrue(kind.id().matches("[a-z0-9]+(-[a-z0-9]+)*"), kind.id());
    assertFalse(kind.what().isBlank() || kind.what().endsWith("."), kind.what());
    assertFalse(kind.close().isBlank() || kind.close().endsWith("."), kind.close());
  }

  @ParameterizedTest
  @EnumSource
  void theReasonForEachWeightIsDocumented(Kind kind) throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("hexe.checkout"), "docs/exposures.md"));
    String row =
        "| `%s` | %d.%d | %s |"
            .formatted(
                kind.id(), kind.weight() / 10, kind.weight() % 10, kind.wayOut() ? "yes" : "");
    assertTrue(page.contains(row), row);
  }
}
