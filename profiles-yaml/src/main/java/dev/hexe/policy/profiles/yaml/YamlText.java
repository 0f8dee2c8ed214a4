package dev.hexe.policy.profiles.yaml;

import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.profiles.yaml.Yaml.Mapping;
import dev.hexe.policy.profiles.yaml.Yaml.Scalar;
import dev.hexe.policy.profiles.yaml.Yaml.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes YAML on one line. */
public final class YamlText {
  private static final String PLAIN_FIRST = "_./";
  private static final String PLAIN_LATER = "_./+@%=-";
  private static final int FIRST_PRINTABLE = 0x20;
  private static final int HEXADECIMAL = 16;
  private static final String ESCAPE = "\\\\(?:[\"\\\\nt]|U[0-9A-F]{8})";

  private YamlText() {}

  /** A single value, quoted where it would mean something else to a reader of YAML. */
  public static String scalar(String text) {
    return isPlain(text) ? text : '"' + escaped(text) + '"';
  }

  /**
   * The text that {@link #scalar} wrote, for messages and comparisons; of a list or a mapping the
   * YAML itself.
   */
  public static String text(String yaml) {
    boolean quoted = yaml.length() > 1 && yaml.startsWith("\"") && yaml.endsWith("\"");
    return quoted ? unescaped(yaml.substring(1, yaml.length() - 1)) : yaml;
  }

  /** What a key was given, for a message: the author's own words, not as YAML would have them. */
  public static String statement(String key, String yaml) {
    return Quotes.quote(key + ": " + text(yaml));
  }

  /** The same of a statement. */
  public static String statement(Statement said) {
    return statement(said.key(), said.value());
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (!isAlphanumeric(character)
          && (i == 0 ? PLAIN_FIRST : PLAIN_LATER).indexOf(character) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean isAlphanumeric(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9');
  }

  /** A list of what is YAML already. */
  public static String list(List<String> items) {
    return "[" + String.join(", ", items) + "]";
  }

  /** A mapping to what is YAML already. */
  public static String mapping(Map<String, String> entries) {
    return entries.entrySet().stream()
        .map(entry -> scalar(entry.getKey()) + ": " + entry.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** A tree as it was written, on one line. */
  public static String of(Yaml node) {
    if (node instanceof Scalar value) {
      return scalar(value.text());
    }
    if (node instanceof Sequence list) {
      return list(list.items().stream().map(YamlText::of).toList());
    }
    Map<String, String> entries = new LinkedHashMap<>();
    ((Mapping) node).entries().forEach(it -> entries.put(it.key().text(), of(it.value())));
    return mapping(entries);
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints().forEach(character -> escaped.append(escape(character)));
    return escaped.toString();
  }

  private static String unescaped(String escaped) {
    return escaped.indexOf('\\') < 0
        ? escaped
        : Pattern.compile(ESCAPE)
            .matcher(escaped)
            .replaceAll(it -> Matcher.quoteReplacement(unescapedOne(it.group().substring(1))));
  }

  private static String unescapedOne(String escape) {
    return switch (escape) {
      case "n" -> "\n";
      case "t" -> "\t";
      case "\"", "\\" -> escape;
      default -> Character.toString(Integer.parseInt(escape.substring(1), HEXADECIMAL));
    };
  }

  private static String escape(int character) {
    return switch (character) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      default ->
          character < FIRST_PRINTABLE || Quotes.isUnprintable(character)
              ? "\\U%08X".formatted(character)
              : Character.toString(character);
    };
  }
}
