package dev.hexe.policy.cli.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineListTest {
  private static String added(String text) {
    return OneLineList.add(text, "network", "allow", "\"b:1\"").orElse("none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "network: {allow: [a]} | network: {allow: [a, \"b:1\"]}",
        "network: {allow: []} | network: {allow: [\"b:1\"]}",
        "network: {allow: [a, ]} | network: {allow: [a, \"b:1\"]}",
        "network: {} | network: {allow: [\"b:1\"]}",
        "network: {on-deny: ask} # x | network: {allow: [\"b:1\"], on-deny: ask} # x",
        "network: {deny: [\"]\", 'it''s'], allow: [\"a,]\"], log: none} | network: {deny: [\"]\", 'it''s'], allow: [\"a,]\", \"b:1\"], log: none}",
        "network: {log: none, allow: [\"*.x:443\", '[::1]:1']} | network: {log: none, allow: [\"*.x:443\", '[::1]:1', \"b:1\"]}",
      })
  void aWholeSectionOnOneLineTakesOneMore(String text, String expected) {
    assertEquals(expected + "\n", added(text));
  }

  @Test
  void aListOnOneLineTakesOneMore() {
    assertEquals(
        "extends: full\nnetwork:\n  # mine\n  log: none\n  allow: [a]  # these\nlimits: {time: 1s}\n",
        added(
                "extends: full\nnetwork:\n  # mine\n  log: none\n  allow: [a]  # these\nlimits: {time: 1s}\n")
            .replace(", \"b:1\"", ""));
    assertEquals("network:\n  allow: [a, \"b:1\"]\n", added("network:\n  allow: [a]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "summary: x",
        "network: host",
        "network:\n  allow:\n  - a",
        "network:\n  allow: [a,\n    c]",
        "network: {allow: [a],\n  log: none}",
        "network: {allow: a}",
        "network: {allow: [a # ]}",
        "network:\n  deny: [a]\nallow: [c]",
        "network:\n  deny:\n    allow: [a]",
      })
  void whatIsWrittenOtherwiseIsLeftAlone(String text) {
    assertEquals("none", added(text));
  }
}
