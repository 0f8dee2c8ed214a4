package dev.hexe.policy.profiles.yaml;

import java.util.List;

/**
 * The text of a profile.
 *
 * @param name what messages call it: a path, or the name of a built-in profile
 * @param text all of it
 * @param lines its lines
 */
public record SourceText(String name, String text, List<String> lines) {
  private static final int WIDEST = 100;
  private static final int BEFORE = 40;

  public static SourceText of(String name, String text) {
    return new SourceText(Quotes.visible(name), text, List.of(text.split("\r\n|\r|\n", -1)));
  }

  /** The place of a span as {@code name:line:column}, both counted from 1. */
  String place(Span span) {
    return name + ":" + (span.line() + 1) + ":" + (span.column() + 1);
  }

  /** The place of the character at an index, in code points from the beginning. */
  Span at(int index) {
    int end = text.offsetByCodePoints(0, Math.min(index, text.codePointCount(0, text.length())));
    List<String> before = List.of(text.substring(0, end).split("\r\n|\r|\n", -1));
    String last = before.get(before.size() - 1);
    return Span.at(before.size() - 1, last.codePointCount(0, last.length()));
  }

  /** The line in which a span starts, with carets below the part that belongs to the span. */
  String excerpt(Span span) {
    int[] line =
        span.line() < lines.size() ? lines.get(span.line()).codePoints().toArray() : new int[0];
    int column = Math.min(span.column(), line.length);
    int first = Math.max(indent(line, column), column - BEFORE);
    int last = Math.min(line.length, first + WIDEST);
    int end = span.endLine() == span.line() ? Math.min(span.endColumn(), last) : last;
    String shown = Quotes.visible(new String(line, first, last - first).replace('\t', ' '));
    return ("    " + shown).stripTrailing() + "\n" + carets(column - first, end - column);
  }

  private static String carets(int skip, int count) {
    return "    " + " ".repeat(skip) + "^".repeat(Math.max(1, count));
  }

  private static int indent(int[] line, int column) {
    int indent = 0;
    while (indent < column && Character.isWhitespace(line[indent])) {
      indent++;
    }
    return indent;
  }
}
