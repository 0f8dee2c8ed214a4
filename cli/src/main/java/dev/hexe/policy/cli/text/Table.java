package dev.hexe.policy.cli.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Aligned columns. The last one takes the width that is left, and what is too long for it wraps.
 */
public final class Table {
  private static final String GAP = "  ";
  private static final int NARROWEST_LAST = 24;

  private final int width;
  private final List<Line> lines = new ArrayList<>();

  /** A table of at most {@code width} columns of the terminal, as far as words allow. */
  public Table(int width) {
    this.width = width;
  }

  /**
   * A cell.
   *
   * @param text what it says; a newline starts another line
   * @param style how each line is painted
   */
  public record Cell(String text, UnaryOperator<String> style) {
    public static Cell of(String text) {
      return new Cell(Printable.text(text), UnaryOperator.identity());
    }

    public static Cell of(String text, UnaryOperator<String> style) {
      return new Cell(Printable.text(text), style);
    }

    private int columns() {
      return text.lines().mapToInt(Wrap::columns).max().orElse(0);
    }
  }

  private record Line(List<Cell> cells, String text) {}

  /** Adds a row; all rows have as many cells. */
  public void row(Cell... cells) {
    lines.add(new Line(Arrays.asList(cells), ""));
  }

  /** Adds a line that belongs to no column. */
  public void line(String text) {
    lines.add(new Line(List.of(), text));
  }

  /** The table as text, without a newline at its end. */
  @Override
  public String toString() {
    int[] widths = widths();
    List<String> text = new ArrayList<>();
    for (Line line : lines) {
      if (line.cells().isEmpty()) {
        text.add(line.text());
      } else {
        layOut(line.cells(), widths, text);
      }
    }
    return String.join("\n", text);
  }

  private int[] widths() {
    int columns = lines.stream().mapToInt(line -> line.cells().size()).max().orElse(0);
    int[] widths = new int[columns];
    for (Line line : lines) {
      for (int i = 0; i < line.cells().size(); i++) {
        widths[i] = Math.max(widths[i], line.cells().get(i).columns());
      }
    }
    if (columns > 0) {
      int others = Arrays.stream(widths, 0, columns - 1).map(taken -> taken + GAP.length()).sum();
      widths[columns - 1] = Math.max(NARROWEST_LAST, width - others);
    }
    return widths;
  }

  private static void layOut(List<Cell> cells, int[] widths, List<String> text) {
    List<List<String>> columns = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      columns.add(Wrap.lines(cells.get(i).text(), widths[i]));
    }
    int height = columns.stream().mapToInt(List::size).max().orElse(0);
    for (int y = 0; y < height; y++) {
      StringBuilder line = new StringBuilder();
      int owed = 0;
      for (int x = 0; x < cells.size(); x++) {
        String part = y < columns.get(x).size() ? columns.get(x).get(y) : "";
        if (!part.isEmpty()) {
          line.append(" ".repeat(owed)).append(cells.get(x).style().apply(part));
          owed = 0;
        }
        owed += widths[x] - Wrap.columns(part) + GAP.length();
      }
      text.add(line.toString());
    }
  }
}
