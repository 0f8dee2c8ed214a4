package dev.hexe.policy.profiles.override;

import dev.hexe.policy.api.profile.Identity;
import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.profiles.key.IdentityReader;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.key.Words;
import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.reader.PathExpander;
import dev.hexe.policy.profiles.reader.Said;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.setting.SettingOption;
import dev.hexe.policy.profiles.value.VariableFormats;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.List;
import java.util.Map;

/** The options on the environment and the ids of the command. */
public final class EnvironmentOptions {
  private static final SettingOption IDENTIFY =
      SettingOption.single(
          "--identity",
          "WHO",
          "the ids inside: `self`, `root`, `subordinate`, UID:GID",
          Keys.IDENTITY,
          EnvironmentOptions::identity);

  private static final SettingOption SET =
      SettingOption.repeated(
          "--setenv", "NAME=VALUE", "set this environment variable", EnvironmentOptions::set);

  private static final SettingOption UNSET =
      SettingOption.repeated(
          "--unsetenv",
          "NAME",
          "remove this environment variable; `*` stands for any part of its name",
          EnvironmentOptions::unset);

  private static final SettingOption CLEAR =
      SettingOption.flag(
          "--clearenv",
          "remove all environment variables, except those to keep",
          (word, paths, origin, into) ->
              into.put(Keys.CLEAR_ENVIRONMENT, new Said<>(true, YamlText.scalar("true"), origin)));

  private static final SettingOption KEEP =
      SettingOption.repeated(
          "--keepenv",
          "NAME",
          "keep this environment variable where others are removed, as in `LC_*`",
          EnvironmentOptions::keep);

  /** All of them, in the order of the help. */
  public static final List<SettingOption> ALL = List.of(IDENTIFY, SET, UNSET, CLEAR, KEEP);

  /** All of them, each before those that count over it. */
  static final List<SettingOption> APPLIED = List.of(CLEAR, KEEP, UNSET, SET, IDENTIFY);

  private EnvironmentOptions() {}

  private static Identity identity(String text) {
    Identity word = Words.IDENTITIES.get(text);
    return word == null ? IdentityReader.pair(text) : word;
  }

  private static void set(String word, PathExpander paths, Origin origin, Settings into) {
    Map.Entry<String, String> variable = VariableFormats.assignment(word);
    into.enter(
        Keys.SET_VARIABLES, new Said<>(variable, YamlText.scalar(variable.getValue()), origin));
  }

  private static void keep(String word, PathExpander paths, Origin origin, Settings into) {
    Said<String> name = name(word, origin);
    takeBack(into, Keys.UNSET_VARIABLES, Keys.KEEP_VARIABLES, name);
    into.add(Keys.KEEP_VARIABLES, name);
  }

  private static void unset(String word, PathExpander paths, Origin origin, Settings into) {
    Said<String> name = name(word, origin);
    takeBack(into, Keys.KEEP_VARIABLES, Keys.UNSET_VARIABLES, name);
    into.add(Keys.UNSET_VARIABLES, name);
    into.all(Keys.SET_VARIABLES).stream()
        .filter(set -> Keys.SET_VARIABLES.sameness(set.value()).equals(name.value()))
        .forEach(set -> into.overrule(Keys.SET_VARIABLES, set, Keys.UNSET_VARIABLES, name));
  }

  private static Said<String> name(String word, Origin origin) {
    return new Said<>(VariableFormats.pattern(word), YamlText.scalar(word), origin);
  }

  private static void takeBack(
      Settings into, Key<List<String>> from, Key<?> because, Said<String> name) {
    into.items(from).stream()
        .filter(before -> before.value().equals(name.value()))
        .forEach(before -> into.overrule(from, before, because, name));
  }
}
