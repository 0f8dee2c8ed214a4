package dev.hexe.policy.importers.shell;

import dev.hexe.policy.importers.shell.Part.Literal;
import dev.hexe.policy.importers.shell.Part.Substitution;
import dev.hexe.policy.importers.shell.Part.Variable;
import java.util.ArrayList;
import java.util.List;

/** Cuts a script into words and operators. Nothing in it is looked up or run. */
final class ShellLexer {
  private static final String OPERATORS = ";&|()<>\n";
  private static final String ESCAPED_IN_QUOTES = "\"\\$`";

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private final List<String> documents = new ArrayList<>();
  private List<Part> parts = new ArrayList<>();
  private StringBuilder literal = new StringBuilder();
  private boolean inWord;
  private int wordLine = 1;
  private int position;
  private int line = 1;

  ShellLexer(String text) {
    this.text = text;
  }

  /** Everything there is; what is not closed ends with the text. */
  List<Token> tokens() {
    while (position < text.length()) {
      step();
    }
    endWord();
    tokens.add(Token.operator("\n", line));
    return tokens;
  }

  private void step() {
    char character = text.charAt(position);
    if (character == '\\') {
      escape();
    } else if (character == '\'') {
      quoted(until('\'', position + 1));
    } else if (character == '"') {
      doubleQuoted();
    } else if (character == '$' || character == '`') {
      substitution(false);
    } else if (character == '#' && !inWord) {
      position = endOfLine();
    } else if (character == ' ' || character == '\t' || character == '\r') {
      endWord();
      position++;
    } else if (OPERATORS.indexOf(character) >= 0) {
      operator(character);
    } else {
      begin();
      literal.append(character);
      position++;
    }
  }

  private void begin() {
    if (!inWord) {
      inWord = true;
      wordLine = line;
    }
  }

  private void escape() {
    boolean atEnd = position + 1 >= text.length();
    if (!atEnd && text.charAt(position + 1) == '\n') {
      line++;
    } else {
      begin();
      endLiteral(false);
      parts.add(new Literal(atEnd ? "\\" : text.substring(position + 1, position + 2), true));
    }
    position += 2;
  }

  /** Text in quotes, which ends before {@code end}. */
  private void quoted(int end) {
    begin();
    endLiteral(false);
    String inside = text.substring(Math.min(position + 1, end), end);
    parts.add(new Literal(inside, true));
    countLines(inside);
    position = end + 1;
  }

  private void doubleQuoted() {
    begin();
    endLiteral(false);
    parts.add(new Literal("", true));
    position++;
    while (position < text.length() && text.charAt(position) != '"') {
      quotedStep(text.charAt(position));
    }
    endLiteral(true);
    position++;
  }

  private void quotedStep(char character) {
    boolean more = position + 1 < text.length();
    if (character == '$' || character == '`') {
      endLiteral(true);
      substitution(true);
    } else if (character == '\\' && more && text.charAt(position + 1) == '\n') {
      line++;
      position += 2;
    } else if (character == '\\'
        && more
        && ESCAPED_IN_QUOTES.indexOf(text.charAt(position + 1)) >= 0) {
      literal.append(text.charAt(position + 1));
      position += 2;
    } else {
      line += character == '\n' ? 1 : 0;
      literal.append(character);
      position++;
    }
  }

  private void substitution(boolean quoted) {
    begin();
    char next = position + 1 < text.length() ? text.charAt(position + 1) : ' ';
    if (text.charAt(position) == '`') {
      int end = until('`', position + 1);
      part(new Substitution(text.substring(position + 1, end)), quoted, end + 1);
    } else if (next == '(') {
      int end = closing('(', ')', position + 1);
      part(new Substitution(text.substring(position + 2, end)), quoted, end + 1);
    } else if (next == '{') {
      int end = closing('{', '}', position + 1);
      part(new Variable(text.substring(position + 2, end), quoted), quoted, end + 1);
    } else if (next == '\'' && !quoted) {
      position++;
      quoted(until('\'', position + 1));
    } else {
      variable(next, quoted);
    }
  }

  private void variable(char next, boolean quoted) {
    int end = position + 1;
    while (end < text.length() && isNamePart(text.charAt(end))) {
      end++;
    }
    if (end == position + 1 && "@*#?$!-".indexOf(next) >= 0 && end < text.length()) {
      end++;
    }
    if (end == position + 1) {
      literal.append('$');
      position++;
    } else {
      part(new Variable(text.substring(position + 1, end), quoted), quoted, end);
    }
  }

  private void part(Part part, boolean quoted, int end) {
    endLiteral(quoted);
    parts.add(part);
    countLines(text.substring(position, Math.min(end, text.length())));
    position = end;
  }

  private void operator(char character) {
    boolean numbered =
        inWord && parts.isEmpty() && literal.toString().chars().allMatch(Character::isDigit);
    boolean redirection = character == '<' || character == '>';
    String number = numbered && redirection ? literal.toString() : "";
    if (!number.isEmpty()) {
      literal = new StringBuilder();
      inWord = false;
    }
    if (redirection && position + 1 < text.length() && text.charAt(position + 1) == '(') {
      begin();
      int end = closing('(', ')', position + 1);
      part(new Substitution(text.substring(position + 2, end)), false, end + 1);
      return;
    }
    endWord();
    int end = position + 1;
    while (redirection && end < text.length() && "<>&|".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    if (!redirection && end < text.length() && isDoubled(character, text.charAt(end))) {
      end++;
    }
    String written = text.substring(position, end);
    position = end;
    if (written.startsWith("<<") && !written.startsWith("<<<")) {
      documents.add(delimiter());
    } else {
      tokens.add(Token.operator(redirection ? number + character : written, line));
    }
    if (character == '\n') {
      line++;
      skipDocuments();
    }
  }

  private static boolean isDoubled(char first, char second) {
    return first == second && "&|;".indexOf(first) >= 0;
  }

  /** What ends the document that begins on the next line. */
  private String delimiter() {
    int end = position;
    while (end < text.length() && " \t-".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    int start = end;
    while (end < text.length() && " \t\n;&|)".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    position = end;
    return text.substring(start, end).replaceAll("['\"\\\\]", "");
  }

  private void skipDocuments() {
    for (String delimiter : documents) {
      boolean found = false;
      while (!found && position < text.length()) {
        int end = endOfLine();
        found = text.substring(position, end).strip().equals(delimiter);
        position = Math.min(end + 1, text.length());
        line++;
      }
    }
    documents.clear();
  }

  private void endLiteral(boolean quoted) {
    if (literal.length() > 0) {
      parts.add(new Literal(literal.toString(), quoted));
      literal = new StringBuilder();
    }
  }

  private void endWord() {
    endLiteral(false);
    if (inWord) {
      tokens.add(Token.word(parts, wordLine));
      parts = new ArrayList<>();
      inWord = false;
    }
  }

  private int endOfLine() {
    int end = text.indexOf('\n', position);
    return end < 0 ? text.length() : end;
  }

  private int until(char character, int from) {
    int end = text.indexOf(character, Math.min(from, text.length()));
    return end < 0 ? text.length() : end;
  }

  /** The place of what closes the bracket at {@code from}; quotes inside count. */
  private int closing(char open, char close, int from) {
    int depth = 0;
    for (int i = from; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '\\') {
        i++;
      } else if (character == '\'') {
        i = until('\'', i + 1);
      } else if (character == open) {
        depth++;
      } else if (character == close && --depth == 0) {
        return i;
      }
    }
    return text.length();
  }

  private void countLines(String passed) {
    line += (int) passed.chars().filter(character -> character == '\n').count();
  }

  static boolean isNamePart(char character) {
    return character == '_' || (character < 128 && Character.isLetterOrDigit(character));
  }
}
