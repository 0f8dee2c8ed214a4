package dev.hexe.policy.cli.text;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines. */
public final class Wrap {
  private Wrap() {}

  /**
   * The lines of {@code text}, broken between words; a word that is too long gets a line of its
   * own.
   */
  public static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : Printable.text(text).split("\n", -1)) {
      fill(paragraph, width, lines);
    }
    return lines;
  }

  /** One paragraph whose later lines start below the text that follows {@code label}. */
  public static List<String> hanging(String label, String text, int width) {
    String margin = " ".repeat(label.length());
    List<String> lines = new ArrayList<>();
    for (String line : lines(text, width - label.length())) {
      lines.add((lines.isEmpty() ? label : margin) + line);
    }
    return lines;
  }

  /** Columns that a line takes. */
  public static int columns(String line) {
    return line.codePointCount(0, line.length());
  }

  private static void fill(String paragraph, int width, List<String> lines) {
    String line = null;
    for (String word : paragraph.split(" ", -1)) {
      if (line == null) {
        line = word;
      } else if (columns(line) + 1 + columns(word) <= width) {
        line += " " + word;
      } else {
        lines.add(line);
        line = word;
      }
    }
    lines.add(line == null ? "" : line);
  }
}
