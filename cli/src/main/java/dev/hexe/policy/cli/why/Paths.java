package dev.hexe.policy.cli.why;

import dev.hexe.policy.api.profile.PathRule;
import java.util.stream.Collectors;

/** Spelling of paths, as people, shells and profiles write them. */
final class Paths {
  private static final String PLAIN = "[A-Za-z0-9_./@:+=,-]+";

  private Paths() {}

  static String parent(String path) {
    return path.substring(0, Math.max(1, path.lastIndexOf('/')));
  }

  /**
   * The part of a path that lies right in a directory above it; the directory is no part of that.
   */
  static String firstBelow(String directory, String path) {
    int start = directory.equals("/") ? 1 : directory.length() + 1;
    int end = path.length() < start ? -1 : path.indexOf('/', start);
    return end < 0 ? path : path.substring(0, end);
  }

  /** A word of a shell. */
  static String forShell(String path, String home) {
    String shown = PathRule.withTilde(path, home);
    String plain = shown.startsWith("~") ? shown.substring(1) : shown;
    if (plain.isEmpty() || plain.matches(PLAIN)) {
      return shown;
    }
    return path.chars().anyMatch(letter -> letter < ' ' || letter == 0x7f)
        ? "$'" + escaped(path) + "'"
        : "'" + path.replace("'", "'\\''") + "'";
  }

  /** A value of a profile. */
  static String forYaml(String path, String home) {
    String shown = PathRule.withTilde(path, home);
    String plain = shown.startsWith("~/") ? shown.substring(1) : shown;
    return plain.matches("[A-Za-z0-9_./@+=-]+") ? shown : '"' + quoted(shown) + '"';
  }

  private static String escaped(String path) {
    return path.chars().mapToObj(letter -> escaped(letter, '\'')).collect(Collectors.joining());
  }

  private static String quoted(String path) {
    return path.chars().mapToObj(letter -> escaped(letter, '"')).collect(Collectors.joining());
  }

  private static String escaped(int letter, char quote) {
    if (letter < ' ' || letter == 0x7f) {
      return "\\x%02x".formatted(letter);
    }
    String text = Character.toString((char) letter);
    return letter == quote || letter == '\\' ? "\\" + text : text;
  }
}
