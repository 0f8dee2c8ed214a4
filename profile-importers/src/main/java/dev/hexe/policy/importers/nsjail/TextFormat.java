package dev.hexe.policy.importers.nsjail;

import dev.hexe.policy.importers.ImportException;
import java.util.ArrayList;
import java.util.List;

/** Protocol buffers as text: fields with values, or with fields in braces. */
final class TextFormat {
  private static final int DEEPEST = 16;

  private final String name;
  private final String text;
  private int position;
  private int line = 1;

  private TextFormat(String name, String text) {
    this.name = name;
    this.text = text;
  }

  /** The fields of a text, in order. */
  static List<Field> read(String name, String text) {
    TextFormat reader = new TextFormat(name, text);
    List<Field> fields = reader.fields(0);
    if (reader.position < text.length()) {
      throw reader.mistake("a `}` too many");
    }
    return fields;
  }

  /**
   * A field.
   *
   * @param value of a single one; else empty
   * @param fields of one in braces; else none
   */
  record Field(String name, String value, List<Field> fields, int line) {}

  private List<Field> fields(int depth) {
    List<Field> fields = new ArrayList<>();
    while (skip() && text.charAt(position) != '}') {
      String field = word();
      int at = line;
      skip();
      boolean colon = take(':');
      skip();
      if (take('{')) {
        if (depth > DEEPEST) {
          throw mistake("it is nested too deeply");
        }
        List<Field> inner = fields(depth + 1);
        if (!take('}')) {
          throw mistake("a `}` is missing");
        }
        fields.add(new Field(field, "", inner, at));
      } else if (colon) {
        values(field, at, fields);
      } else {
        throw mistake("`" + field + "` has no value");
      }
    }
    return fields;
  }

  private void values(String field, int at, List<Field> fields) {
    if (!take('[')) {
      fields.add(new Field(field, value(), List.of(), at));
      return;
    }
    while (skip() && !take(']')) {
      fields.add(new Field(field, value(), List.of(), at));
    }
  }

  private String value() {
    StringBuilder value = new StringBuilder();
    if (!isQuote()) {
      return word();
    }
    while (isQuote()) {
      string(value);
      skip();
    }
    return value.toString();
  }

  private boolean isQuote() {
    return position < text.length() && "\"'".indexOf(text.charAt(position)) >= 0;
  }

  private void string(StringBuilder value) {
    char quote = text.charAt(position++);
    while (position < text.length() && text.charAt(position) != quote) {
      char character = text.charAt(position++);
      if (character == '\n') {
        throw mistake("a text does not end on its line");
      }
      if (character == '\\' && position < text.length()) {
        character = escaped(text.charAt(position++));
      }
      value.append(character);
    }
    position++;
  }

  private static char escaped(char character) {
    return switch (character) {
      case 'n' -> '\n';
      case 't' -> '\t';
      default -> character;
    };
  }

  private String word() {
    int start = position;
    while (position < text.length() && !isEnd(text.charAt(position))) {
      position++;
    }
    if (start == position) {
      throw mistake(
          "`" + (position < text.length() ? text.charAt(position) : ' ') + "` is not expected");
    }
    return text.substring(start, position);
  }

  private static boolean isEnd(char character) {
    return Character.isWhitespace(character) || ":{}[],;#\"'<>".indexOf(character) >= 0;
  }

  private boolean take(char character) {
    boolean is = position < text.length() && text.charAt(position) == character;
    position += is ? 1 : 0;
    return is;
  }

  /** Passes over blanks, separators and comments; whether anything follows. */
  private boolean skip() {
    while (position < text.length()) {
      char character = text.charAt(position);
      if (character == '#') {
        int end = text.indexOf('\n', position);
        position = end < 0 ? text.length() : end;
      } else if (Character.isWhitespace(character) || character == ',' || character == ';') {
        line += character == '\n' ? 1 : 0;
        position++;
      } else {
        return true;
      }
    }
    return false;
  }

  private ImportException mistake(String what) {
    return new ImportException(name + ":" + line + ": " + what, "");
  }
}
