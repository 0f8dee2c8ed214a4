package dev.hexe.policy.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Text from elsewhere, on a terminal. */
class PrintableTest {
  @Test
  void nothingMovesTheCursor() {
    assertEquals("a\uFFFD[2J\uFFFD8m\uFFFDb", Printable.text("a\u001b[2J\u009b8m\u202eb"));
    assertEquals("a\nb\tc", Printable.text("a\nb\tc"));
  }

  @Test
  void aNameIsOneLine() {
    assertEquals("a\uFFFDhexe-policy: b c", Printable.line("a\nhexe-policy: b\tc"));
    assertEquals("`a\uFFFDb`", Printable.quote("a\nb"));
  }
}
