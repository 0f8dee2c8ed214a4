package dev.hexe.policy.cli.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BracketedListTest {
  private static String added(String text) {
    return BracketedList.add(text, "network", "allow", "\"b:1\"").orElse("none");
  }

  /** A line ends with a pilcrow here. */
  private static String lines(String text, String newline) {
    return text.replace("¶", newline);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "network: {allow: [a]} | network: {allow: [a, \"b:1\"]}",
        "network: {allow: []} | network: {allow: [\"b:1\"]}",
        "network: {allow: [a, ]} | network: {allow: [a, \"b:1\", ]}",
        "network: {} | network: {allow: [\"b:1\"]}",
        "network: {on-deny: ask} # x | network: {allow: [\"b:1\"], on-deny: ask} # x",
        "network: {deny: [\"]\", 'it''s'], allow: [\"a,]\"], log: none} | network: {deny: [\"]\","
            + " 'it''s'], allow: [\"a,]\", \"b:1\"], log: none}",
        "network: {log: none, allow: [\"*.x:443\", '[::1]:1']} | network: {log: none, allow:"
            + " [\"*.x:443\", '[::1]:1', \"b:1\"]}",
        "network: {allow: {only: [a]}} | network: {allow: {only: [a, \"b:1\"]}}",
        "\"network\": {'allow': [a]} | \"network\": {'allow': [a, \"b:1\"]}",
        "{extends: full, network: {allow: [a]}} | {extends: full, network: {allow: [a, \"b:1\"]}}",
        "summary: 'büßt 😀 [' # allow: [x]¶network: {allow: [ü😀]} | summary: 'büßt 😀 [' # allow:"
            + " [x]¶network: {allow: [ü😀, \"b:1\"]}",
      })
  void aListOnOneLineTakesOneMore(String text, String expected) {
    assertEquals(lines(expected, "\n"), added(lines(text, "\n")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "allow: [a]  # these| allow: [a, \"b:1\"]  # these",
        "allow: [a,¶    c] | allow: [a,¶    c, \"b:1\"]",
        "allow: [¶    a,¶    c¶  ] | allow: [¶    a,¶    c,¶    \"b:1\"¶  ]",
        "allow: [¶    a,¶    c,¶  ]| allow: [¶    a,¶    c,¶    \"b:1\",¶  ]",
        "allow: [¶    a, # one ]¶    c # two¶  ]| allow: [¶    a, # one ]¶    c, \"b:1\" # two¶  ]",
        "allow: [ # mine¶  ]| allow: [\"b:1\" # mine¶  ]",
        "allow:¶    [a, c]| allow:¶    [a, c, \"b:1\"]",
        "allow: {only: [a,¶    c]}| allow: {only: [a,¶    c, \"b:1\"]}",
      })
  void aListOfSeveralLinesTakesOneMore(String list, String expected) {
    for (String newline : new String[] {"\n", "\r\n"}) {
      String head = "extends: full¶network:¶  # allow: [x]¶  log: none¶  ";
      String tail = "¶limits: {time: 1s}¶";
      assertEquals(
          lines(head + expected + tail, newline), added(lines(head + list + tail, newline)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "summary: x",
        "network: host",
        "network:\n  allow:\n  - a",
        "network:\n  allow:\n  - [a]",
        "network:\n  log: none",
        "network: {allow: a}",
        "network:\n  deny: [a]\nallow: [c]",
        "network:\n  deny:\n    allow: [a]",
      })
  void whatIsNotWithinBracketsIsLeftAlone(String text) {
    assertEquals("none", added(text));
  }
}
