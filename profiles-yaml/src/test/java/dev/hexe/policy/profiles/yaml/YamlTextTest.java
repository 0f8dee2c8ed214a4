package dev.hexe.policy.profiles.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "/opt/*",
        "/opt/\\*",
        "\\",
        "\\\\n",
        "a \"quoted\" word",
        "\\\"",
        "a\nb\tc",
        "\u001b[31m",
        "\\U0000001B",
        "$1 \ud83d\ude00",
        "\u202e"
      })
  void theTextOfAScalarIsTheOneThatWasWritten(String text) {
    assertEquals(text, YamlText.text(YamlText.scalar(text)));
  }

  @Test
  void listsAndMappingsAreLeftAsTheyAre() {
    assertEquals("[\"a b\", c]", YamlText.text("[\"a b\", c]"));
    assertEquals("{\"a b\": c}", YamlText.text("{\"a b\": c}"));
  }

  @Test
  void aStatementHasTheWordsOfTheAuthor() {
    assertEquals("`hide: /opt/\\*`", YamlText.statement("hide", YamlText.scalar("/opt/\\*")));
    assertEquals("`hide: a\ufffdb`", YamlText.statement("hide", YamlText.scalar("a\nb")));
  }
}
