package dev.hexe.policy.profiles.format;

import java.util.ArrayList;
import java.util.List;

/** Lines under construction; comments beside neighbouring lines begin in one column. */
final class Lines {
  private static final int GAP = 2;

  private record Line(String text, String beside) {}

  private final List<Line> lines = new ArrayList<>();
  private int item = -1;

  void add(int indent, String text, String beside) {
    String start = " ".repeat(indent);
    if (item >= 0) {
      start = " ".repeat(item) + "-" + " ".repeat(indent - item - 1);
      item = -1;
    }
    lines.add(new Line(start + text, beside));
  }

  /** The next line begins an item of a list. */
  void startItem(int indent) {
    item = indent;
  }

  /** A line that is indented already. */
  void verbatim(String text) {
    lines.add(new Line(text, ""));
  }

  /** A comment beside the last line. */
  void beside(String comment) {
    Line last = lines.remove(lines.size() - 1);
    lines.add(new Line(last.text(), comment));
  }

  /** A comment on a line of its own, or an empty line. */
  void comment(int indent, String comment) {
    boolean doubled =
        comment.isEmpty() && (lines.isEmpty() || lines.get(lines.size() - 1).text().isEmpty());
    if (!doubled) {
      lines.add(new Line(comment.isEmpty() ? "" : " ".repeat(indent) + comment, ""));
    }
  }

  String text() {
    while (!lines.isEmpty() && lines.get(lines.size() - 1).text().isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      text.append(line.text());
      if (!line.beside().isEmpty()) {
        text.append(" ".repeat(column(i) - line.text().length())).append(line.beside());
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Where comments begin in the run of lines that this one is in. */
  private int column(int index) {
    int widest = 0;
    for (int i = index; i >= 0 && !lines.get(i).beside().isEmpty(); i--) {
      widest = Math.max(widest, lines.get(i).text().length());
    }
    for (int i = index; i < lines.size() && !lines.get(i).beside().isEmpty(); i++) {
      widest = Math.max(widest, lines.get(i).text().length());
    }
    return widest + GAP;
  }
}
