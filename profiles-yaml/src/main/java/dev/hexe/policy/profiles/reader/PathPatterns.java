package dev.hexe.policy.profiles.reader;

import dev.hexe.policy.profiles.yaml.ProfileException;
import java.util.regex.Pattern;

/** Patterns of shells, which no path of a profile may be. */
public final class PathPatterns {
  /** Of shells and of lists such as .gitignore; the braces of a variable hold no comma. */
  private static final Pattern PATTERN =
      Pattern.compile("(?<!\\\\)[*?\\[]|(?<![\\\\$])\\{[^}]*,|^!");

  private static final Pattern ESCAPED = Pattern.compile("\\\\([*?\\[{!])");

  private PathPatterns() {}

  /**
   * The path that a text names, which is none of them: a pattern would have to be expanded at each
   * start, and what comes to match it later be found as soon as it is there; a path that is taken
   * literally although it was meant as a pattern keeps nothing.
   *
   * @throws ProfileException where it is one
   */
  static String literal(String text) {
    if (isPlain(text)) {
      return text;
    }
    if (PATTERN.matcher(text).find()) {
      throw PathExpander.bad(
          text,
          "is a pattern, and patterns are not expanded",
          "name the directory that holds what is meant; in a name, write `\\*`, `\\?`, `\\[`, `\\{` or `\\!`");
    }
    return unescaped(text);
  }

  /** No expression can find anything in it: hundreds of shipped paths are like that. */
  private static boolean isPlain(String text) {
    return !text.startsWith("!")
        && text.indexOf('*') < 0
        && text.indexOf('?') < 0
        && text.indexOf('[') < 0
        && text.indexOf(',') < 0
        && text.indexOf('\\') < 0;
  }

  /** The path that a text names, whatever it looks like. */
  static String unescaped(String text) {
    return ESCAPED.matcher(text).replaceAll("$1");
  }

  /** Whether a path may have been meant as a pattern, which could be why it does not exist. */
  public static boolean isOne(String text) {
    return PATTERN.matcher(text).find();
  }
}
