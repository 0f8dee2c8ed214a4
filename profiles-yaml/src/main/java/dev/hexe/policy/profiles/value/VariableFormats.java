package dev.hexe.policy.profiles.value;

import dev.hexe.policy.profiles.reader.Scope;
import dev.hexe.policy.profiles.reader.Values;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.Yaml.Entry;
import dev.hexe.policy.profiles.yaml.Yaml.Mapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The formats of names and values of environment variables. */
public final class VariableFormats {
  private static final int LONGEST = 32_768;

  private VariableFormats() {}

  /**
   * The name of a variable.
   *
   * @throws ProfileException where it is not one
   */
  static String name(String text) {
    if (!text.matches("[A-Za-z_][A-Za-z0-9_]{0,254}")) {
      throw new ProfileException(
          Quotes.quote(text) + " is not the name of a variable",
          "accepted: letters, digits and `_`, not a digit first");
    }
    return text;
  }

  /**
   * A name, in which {@code *} may stand for any part of it.
   *
   * @throws ProfileException where it is not one
   */
  public static String pattern(String text) {
    if (!text.matches("[A-Za-z_*][A-Za-z0-9_*]{0,254}")) {
      throw new ProfileException(
          Quotes.quote(text) + " is not the name of a variable, nor a pattern",
          "accepted: letters, digits and `_`, and `*` for any part of a name, as in `LC_*`");
    }
    return text;
  }

  /**
   * A value that a variable can have.
   *
   * @throws ProfileException where it cannot be one
   */
  static String value(String text) {
    if (text.indexOf('\0') >= 0 || text.length() > LONGEST) {
      throw new ProfileException(
          "the value of a variable is too long, or holds a NUL",
          "accepted: at most " + LONGEST + " characters");
    }
    return text;
  }

  /**
   * A variable with its value, as {@code NAME=VALUE}.
   *
   * @throws ProfileException where it is not one
   */
  public static Map.Entry<String, String> assignment(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new ProfileException(
          Quotes.quote(text) + " sets no variable", "accepted: `NAME=VALUE`, as in `LANG=C.UTF-8`");
    }
    return Map.entry(name(text.substring(0, equals)), value(text.substring(equals + 1)));
  }

  /** The entries of a mapping whose keys are names of variables. */
  public static List<Entry> named(Mapping mapping, Scope scope) {
    return mapping.entries().stream().filter(entry -> isNamed(entry, scope)).toList();
  }

  private static boolean isNamed(Entry entry, Scope scope) {
    try {
      name(entry.key().text());
      return true;
    } catch (ProfileException e) {
      scope.mistakes().add(entry.key().span(), e);
      return false;
    }
  }

  /** Reads the value of a variable. */
  public static Optional<String> read(Entry entry, Scope scope) {
    return Values.parsed(VariableFormats::value).read(entry.value(), scope);
  }
}
