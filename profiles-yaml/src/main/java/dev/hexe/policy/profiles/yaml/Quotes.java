package dev.hexe.policy.profiles.yaml;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * The user's own words, made fit for a message: nothing in them moves the cursor or fills the
 * screen.
 */
public final class Quotes {
  private static final int LONGEST = 80;
  private static final int REPLACEMENT = 0xFFFD;
  private static final char FIRST_SHOWN = ' ';
  private static final char LAST_OF_ASCII = '~';

  private Quotes() {}

  /** The word in backticks, shortened. */
  public static String quote(String word) {
    boolean fits = word.codePointCount(0, word.length()) <= LONGEST;
    String shown = fits ? word : word.substring(0, word.offsetByCodePoints(0, LONGEST)) + "…";
    return "`" + visible(shown) + "`";
  }

  /** All words in backticks, separated by commas. */
  public static String quote(Collection<String> words) {
    return words.stream().map(Quotes::quote).collect(Collectors.joining(", "));
  }

  /** The text with a replacement for each character that a terminal would not just show. */
  public static String visible(String text) {
    return isVisible(text) ? text : replaced(text);
  }

  private static boolean isVisible(String text) {
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character < FIRST_SHOWN || character > LAST_OF_ASCII) {
        return false;
      }
    }
    return true;
  }

  private static String replaced(String text) {
    return text.codePoints()
        .map(character -> isShown(character) ? character : REPLACEMENT)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Whether a terminal would do something else than to show the character. */
  static boolean isUnprintable(int character) {
    return !isShown(character);
  }

  private static boolean isShown(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
