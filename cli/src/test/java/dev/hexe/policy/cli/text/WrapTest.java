package dev.hexe.policy.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.cli.text.Table.Cell;
import java.util.List;
import org.junit.jupiter.api.Test;

class WrapTest {
  @Test
  void linesBreakBetweenWords() {
    assertEquals(List.of("one two", "three"), Wrap.lines("one two three", 8));
  }

  @Test
  void aLongWordStaysWhole() {
    assertEquals(List.of("a", "/a/very/long/path", "b"), Wrap.lines("a /a/very/long/path b", 8));
  }

  @Test
  void spacesAtTheStartStay() {
    assertEquals(List.of("  one", "two"), Wrap.lines("  one two", 6));
  }

  @Test
  void laterLinesHangBelowTheText() {
    assertEquals(List.of("fix: one", "     two"), Wrap.hanging("fix: ", "one two", 9));
  }

  @Test
  void columnsAreCharactersNotBytes() {
    assertEquals(List.of("ää öö", "üü"), Wrap.lines("ää öö üü", 5));
  }

  @Test
  void cellsOfSeveralLinesStandBesideEachOther() {
    Table table = new Table(40);
    table.row(Cell.of("first"), Cell.of("a\n+ b"), Cell.of("short"));
    table.row(Cell.of("x"), Cell.of("c"), Cell.of("long enough to be broken into lines"));
    assertEquals(
        """
        first  a    short
               + b
        x      c    long enough to be broken
                    into lines""",
        table.toString());
  }
}
