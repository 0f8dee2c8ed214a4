package dev.hexe.policy.profiles.setting;

import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.reader.PathExpander;
import dev.hexe.policy.profiles.reader.Said;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * An option of the command line that says something of a profile.
 *
 * @param name with its dashes
 * @param label what its value is called; empty where it takes none
 * @param description for the help of its command
 * @param arity how often it is given, and whether with a value
 * @param variable the variable of the environment that says the same, below it; empty for none
 * @param reader what it says
 */
public record SettingOption(
    String name, String label, String description, Arity arity, String variable, Reader reader) {
  /** The number of times that an option is given, and of its values. */
  public enum Arity {
    /** Once, without a value. */
    FLAG,
    /** Once, with a value. */
    SINGLE,
    /** Any number of times, each with a value. */
    REPEATED
  }

  /** Reads a word, and throws {@link ProfileException} where it is a mistake. */
  public interface Reader {
    void read(String word, PathExpander paths, Origin origin, Settings into);
  }

  /** One that replaces what the profile says. */
  public static <T> SettingOption single(
      String name, String label, String description, Key<T> key, Function<String, T> parser) {
    Reader reader =
        (word, paths, origin, into) ->
            into.put(key, new Said<>(parser.apply(word), YamlText.scalar(word), origin));
    return new SettingOption(name, label, description, Arity.SINGLE, "", reader);
  }

  /** One that adds to what the profile says. */
  static <E> SettingOption adding(
      String name, String label, String description, Key<List<E>> key, Function<String, E> parser) {
    Reader reader =
        (word, paths, origin, into) ->
            into.add(key, new Said<>(parser.apply(word), YamlText.scalar(word), origin));
    return repeated(name, label, description, reader);
  }

  /** One that may be given again, and says what its reader makes of it. */
  public static SettingOption repeated(
      String name, String label, String description, Reader reader) {
    return new SettingOption(name, label, description, Arity.REPEATED, "", reader);
  }

  /** One without a value, which says one thing. */
  public static SettingOption flag(String name, String description, Reader reader) {
    return new SettingOption(name, "", description, Arity.FLAG, "", reader);
  }

  /** The same option, whose value a variable of the environment can give as well. */
  SettingOption orVariable(String environmentVariable) {
    return new SettingOption(name, label, description, arity, environmentVariable, reader);
  }

  /** Says what the environment and the command line say, the latter on top. */
  public static void apply(
      List<SettingOption> options,
      ProfileContext context,
      Map<String, List<String>> given,
      PathExpander paths,
      Settings into) {
    for (SettingOption option : options) {
      if (!option.variable().isEmpty()) {
        context
            .variable(option.variable())
            .ifPresent(
                word -> option.read(word, paths, new Origin.Variable(option.variable()), into));
      }
      given
          .getOrDefault(option.name(), List.of())
          .forEach(word -> option.read(word, paths, new Origin.Option(option.name()), into));
    }
  }

  private void read(String word, PathExpander paths, Origin origin, Settings into) {
    try {
      reader.read(word, paths, origin, into);
    } catch (ProfileException e) {
      throw new ProfileException(Quotes.quote(origin.text()) + ": " + e.getMessage(), e.help());
    }
  }
}
