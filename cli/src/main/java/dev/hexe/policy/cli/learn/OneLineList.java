package dev.hexe.policy.cli.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A list that is written on one line, as in {@code allow: [a, b]}, alone or within {@code network:
 * {…}}. What it cannot follow on that line, it leaves alone.
 */
public final class OneLineList {
  private final String line;

  private OneLineList(String line) {
    this.line = line;
  }

  /** The text with {@code item} at the end of the list; empty where there is none on one line. */
  public static Optional<String> add(String text, String section, String key, String item) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    int from = first(lines, 0, section + ":");
    if (from < 0) {
      return Optional.empty();
    }
    String head = lines.get(from);
    boolean whole = head.substring(section.length() + 1).strip().startsWith("{");
    int at = whole ? from : child(lines, from + 1, key);
    if (at < 0) {
      return Optional.empty();
    }
    OneLineList list = new OneLineList(lines.get(at));
    return (whole ? list.within(key, item) : list.alone(key, item))
        .map(
            changed -> {
              lines.set(at, changed);
              return String.join("\n", lines) + "\n";
            });
  }

  private static int first(List<String> lines, int from, String start) {
    for (int at = from; at < lines.size(); at++) {
      if (lines.get(at).startsWith(start)) {
        return at;
      }
    }
    return -1;
  }

  /** Of the lines that are indented as the first one below the section is. */
  private static int child(List<String> lines, int from, String key) {
    String indent = "";
    for (int at = from; at < lines.size(); at++) {
      String each = lines.get(at);
      String content = each.stripLeading();
      if (content.isEmpty() || content.startsWith("#")) {
        continue;
      }
      String mine = each.substring(0, each.length() - content.length());
      indent = indent.isEmpty() ? mine : indent;
      if (mine.isEmpty()) {
        return -1;
      }
      if (mine.equals(indent) && content.startsWith(key + ":")) {
        return at;
      }
    }
    return -1;
  }

  private Optional<String> alone(String key, String item) {
    int open = line.indexOf('[', line.indexOf(key + ":"));
    boolean next = open >= 0 && line.substring(line.indexOf(':') + 1, open).isBlank();
    return next && ends(closing(open)) ? Optional.of(behind(open, item)) : Optional.empty();
  }

  private Optional<String> within(String key, String item) {
    int brace = line.indexOf('{');
    int end = closing(brace);
    if (!ends(end)) {
      return Optional.empty();
    }
    for (int at = brace + 1; at < end; at = after(at)) {
      if (line.startsWith(key + ": [", at) && "{,".indexOf(before(at)) >= 0) {
        return Optional.of(behind(at + key.length() + 2, item));
      }
    }
    boolean has = line.substring(brace, end).contains(key + ":");
    String rest = line.substring(brace + 1, end).isBlank() ? "" : ", ";
    return has
        ? Optional.empty()
        : Optional.of(
            line.substring(0, brace + 1)
                + key
                + ": ["
                + item
                + "]"
                + rest
                + line.substring(brace + 1).stripLeading());
  }

  private String behind(int open, String item) {
    int close = closing(open);
    String items = line.substring(open + 1, close).stripTrailing();
    boolean apart = items.isEmpty() || items.endsWith(",");
    return line.substring(0, open + 1)
        + items
        + (apart ? "" : ",")
        + (items.isEmpty() ? "" : " ")
        + item
        + line.substring(close);
  }

  private boolean ends(int close) {
    return close >= 0 && line.substring(close + 1).matches(" *(#.*|\\s#.*)?");
  }

  /** Where what opens here is closed; -1 where that is on another line. */
  private int closing(int open) {
    int depth = 0;
    for (int at = open; at >= 0 && at < line.length(); at = after(at)) {
      char each = line.charAt(at);
      depth += "[{".indexOf(each) >= 0 ? 1 : 0;
      depth -= "]}".indexOf(each) >= 0 ? 1 : 0;
      if (depth == 0) {
        return at;
      }
      if (each == '#' && line.charAt(at - 1) == ' ') {
        return -1;
      }
    }
    return -1;
  }

  /** The next place that counts: what is quoted is one. */
  private int after(int at) {
    char quote = line.charAt(at);
    boolean quoted = (quote == '"' || quote == '\'') && "[{,:".indexOf(before(at)) >= 0;
    if (!quoted) {
      return at + 1;
    }
    for (int end = at + 1; end < line.length(); end++) {
      if (line.charAt(end) == '\\' && quote == '"') {
        end++;
      } else if (line.charAt(end) == quote) {
        return end + 1;
      }
    }
    return line.length();
  }

  /** The last character before this place that is no space. */
  private char before(int at) {
    String text = line.substring(0, at).stripTrailing();
    return text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
  }
}
