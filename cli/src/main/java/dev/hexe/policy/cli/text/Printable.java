package dev.hexe.policy.cli.text;

/** Text from elsewhere, made fit for a terminal: nothing in it moves the cursor. */
public final class Printable {
  private static final int REPLACEMENT = 0xFFFD;

  private Printable() {}

  /** The text with a replacement for each character that would not just be shown. */
  public static String text(String text) {
    return text.codePoints()
        .map(character -> isShown(character) ? character : REPLACEMENT)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** The same in one line: what a command has named must not look like a line of ours. */
  public static String line(String text) {
    return text(text).replace('\n', (char) REPLACEMENT).replace('\t', ' ');
  }

  /** A word of the user's in backticks. */
  public static String quote(String word) {
    return "`" + line(word) + "`";
  }

  private static boolean isShown(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL -> character == '\n' || character == '\t';
      case Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
