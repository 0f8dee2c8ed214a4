package dev.hexe.policy.importers.shell;

import dev.hexe.policy.importers.shell.Part.Literal;
import java.util.List;

/**
 * A word or an operator.
 *
 * @param operator empty for a word
 * @param parts empty for an operator
 * @param line counted from 1
 */
record Token(String operator, List<Part> parts, int line) {
  static Token word(List<Part> parts, int line) {
    return new Token("", List.copyOf(parts), line);
  }

  static Token operator(String operator, int line) {
    return new Token(operator, List.of(), line);
  }

  boolean isWord() {
    return operator.isEmpty();
  }

  boolean is(String other) {
    return operator.equals(other);
  }

  /** A redirection, with the number of its descriptor in front where one is written. */
  boolean isRedirection() {
    return operator.endsWith("<") || operator.endsWith(">") || operator.endsWith("&&>");
  }

  /** Whether a command ends here. */
  boolean isEnd() {
    return !isWord() && !isRedirection();
  }

  /** The text of a word that is nothing but unquoted text; empty for others. */
  String plain() {
    return parts.size() == 1 && parts.get(0) instanceof Literal literal && !literal.quoted()
        ? literal.text()
        : "";
  }
}
