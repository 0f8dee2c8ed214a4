package dev.hexe.policy.profiles.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every comment of a text: what begins with {@code #}, outside of values. */
final class Comments {
  /** One of them. */
  record Comment(int line, int column, String text, boolean alone) {}

  private final List<String> lines;
  private final Map<Integer, Comment> byLine = new TreeMap<>();

  /**
   * Finds them.
   *
   * @param values where values stand, as pairs of indices in code points
   */
  Comments(String text, List<int[]> values) {
    lines = List.of(text.split("\n", -1));
    boolean[] inside = new boolean[text.codePointCount(0, text.length()) + 1];
    for (int[] span : values) {
      java.util.Arrays.fill(inside, span[0], Math.min(span[1], inside.length), true);
    }
    int index = 0;
    for (int number = 0; number < lines.size(); number++) {
      index = scan(number, index, inside) + 1;
    }
  }

  private int scan(int number, int start, boolean[] inside) {
    int[] line = lines.get(number).codePoints().toArray();
    for (int column = 0; column < line.length; column++) {
      boolean begins = column == 0 || Character.isWhitespace(line[column - 1]);
      if (line[column] == '#' && begins && !inside[start + column]) {
        String before = new String(line, 0, column);
        String text = new String(line, column, line.length - column).stripTrailing();
        // A dash alone begins an item that stands below.
        boolean alone = before.replace('-', ' ').isBlank();
        byLine.put(number, new Comment(number, column, text, alone));
        break;
      }
    }
    return start + line.length;
  }

  /** How many there are. */
  int count() {
    return byLine.size();
  }

  /** Their texts in order of the alphabet. */
  List<String> texts() {
    return byLine.values().stream().map(Comment::text).sorted().toList();
  }

  /** Whether one is in these lines, but not behind all that is in the last of them. */
  boolean isWithin(int first, int last, int lastColumn) {
    return byLine.values().stream()
        .anyMatch(
            it ->
                it.line() >= first
                    && (it.line() < last || (it.line() == last && it.column() < lastColumn)));
  }

  /** The one that stands behind something on a line; empty where there is none. */
  String beside(int line) {
    Comment comment = byLine.get(line);
    return comment == null || comment.alone() ? "" : comment.text();
  }

  /**
   * The lines between two others that hold comments alone; an empty line stands for any number of
   * them.
   */
  List<Comment> between(int first, int last) {
    List<Comment> found = new ArrayList<>();
    for (int number = first + 1; number < Math.min(last, lines.size()); number++) {
      Comment comment = byLine.get(number);
      if (comment != null && comment.alone()) {
        found.add(comment);
      } else if (lines.get(number).isBlank()
          && (found.isEmpty() || !found.get(found.size() - 1).text().isEmpty())) {
        found.add(new Comment(number, -1, "", true));
      }
    }
    return found;
  }

  int lines() {
    return lines.size();
  }
}
