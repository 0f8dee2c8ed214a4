package dev.hexe.policy.cli.learn;

import dev.hexe.policy.api.profile.PathRule;
import java.util.regex.Pattern;

/** The spelling of entries. Whatever a command chose, nothing but one value comes of it. */
final class Spelling {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./][A-Za-z0-9_./+@=-]*");
  private static final String HARMLESS = " _-.+@,=:%~()&'";
  private static final int LONGEST_PROGRAM = 32;

  private Spelling() {}

  /** Whether a path means itself in a profile: no pattern, no variable, nothing unprintable. */
  static boolean isPlain(String path) {
    return path.codePoints()
        .allMatch(it -> it == '/' || Character.isLetterOrDigit(it) || HARMLESS.indexOf(it) >= 0);
  }

  /** A value as the profile has it. */
  static String of(Grant grant, String home) {
    return grant.place().isOfPaths() ? path(grant.value(), home) : '"' + grant.value() + '"';
  }

  private static String path(String path, String home) {
    boolean below = path.startsWith(home + "/") && !home.equals("/");
    String shown = below ? PathRule.withTilde(path, home) : path; // `~` alone is YAML's null
    String plain = below ? shown.substring(1) : shown;
    return PLAIN.matcher(plain).matches() ? shown : '"' + shown + '"';
  }

  /** The value of an entry that {@link #of} has written. */
  static String value(String written, String home) {
    boolean quoted = written.length() > 1 && written.startsWith("\"");
    String text = quoted ? written.substring(1, written.length() - 1) : written;
    return text.startsWith("~/") ? home + text.substring(1) : text;
  }

  /** The name of a program, from its command line. */
  static String program(String command) {
    String first = command.strip().split("\\s", 2)[0];
    String name = first.substring(first.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._+-]", "");
    String shown = name.length() > LONGEST_PROGRAM ? name.substring(0, LONGEST_PROGRAM) : name;
    return shown.isEmpty() ? "a program" : shown;
  }

  /** A text for a comment: one line, and nothing that a terminal or a reader of YAML obeys. */
  static String comment(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints().forEach(it -> line.append(isShown(it) ? Character.toString(it) : "?"));
    return line.toString();
  }

  private static boolean isShown(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
