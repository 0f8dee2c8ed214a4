package dev.hexe.policy.profiles.override;

import dev.hexe.policy.api.profile.Identity;
import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.profiles.key.IdentityReader;
import dev.hexe.policy.profiles.key.Key;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.key.PathExpander;
import dev.hexe.policy.profiles.key.ProtectedPathEntry;
import dev.hexe.policy.profiles.key.ProtectedPathsReader;
import dev.hexe.policy.profiles.key.Said;
import dev.hexe.policy.profiles.key.Settings;
import dev.hexe.policy.profiles.key.Words;
import dev.hexe.policy.profiles.value.VariableFormats;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Puts what the command line says about safeguards, the environment and ids on top of a profile.
 */
final class ProtectedPathOverriding {
  private final Settings settings;
  private final PathExpander expander;

  ProtectedPathOverriding(Settings settings, PathExpander expander) {
    this.settings = settings;
    this.expander = expander;
  }

  void apply(ProtectedPathOverrides overrides) {
    kept("--protect", Keys.PROTECT, Keys.PROTECTED_PATHS, overrides.protect());
    kept("--hide", Keys.HIDE, Keys.HIDDEN_PATHS, overrides.hide());
    if (overrides.gitConfig()) {
      settings.put(Keys.GIT_CONFIG, Said.byOption("--git-config", true, "writable"));
    }
    if (overrides.clearEnvironment()) {
      settings.put(Keys.CLEAR_ENVIRONMENT, Said.byOption("--clearenv", true, "true"));
    }
    each("--keepenv", overrides.keep(), VariableFormats::pattern).forEach(this::keep);
    each("--unsetenv", overrides.unset(), VariableFormats::pattern).forEach(this::unset);
    for (Said<Map.Entry<String, String>> variable :
        each("--setenv", overrides.set(), VariableFormats::assignment)) {
      settings.enter(Keys.SET_VARIABLES, valueOf(variable));
    }
    overrides
        .identity()
        .ifPresent(
            text ->
                settings.put(Keys.IDENTITY, Overriding.said("--identity", this::identity, text)));
  }

  private static Said<Map.Entry<String, String>> valueOf(Said<Map.Entry<String, String>> variable) {
    String value = YamlText.scalar(variable.value().getValue());
    return new Said<>(variable.value(), value, variable.origin());
  }

  private void kept(
      String option,
      Key<List<ProtectedPathEntry>> key,
      ProtectedPathsReader reader,
      List<String> paths) {
    Origin origin = new Origin.Option(option);
    for (String text : paths) {
      Overriding.parse(option, it -> reader.paths(it, expander, origin), text)
          .forEach(path -> settings.add(key, path));
    }
  }

  private void keep(Said<String> name) {
    takeBack(Keys.UNSET_VARIABLES, Keys.KEEP_VARIABLES, name);
    settings.add(Keys.KEEP_VARIABLES, name);
  }

  private void unset(Said<String> name) {
    takeBack(Keys.KEEP_VARIABLES, Keys.UNSET_VARIABLES, name);
    settings.add(Keys.UNSET_VARIABLES, name);
    settings.all(Keys.SET_VARIABLES).stream()
        .filter(set -> Keys.SET_VARIABLES.sameness(set.value()).equals(name.value()))
        .forEach(set -> settings.overrule(Keys.SET_VARIABLES, set, Keys.UNSET_VARIABLES, name));
  }

  private void takeBack(Key<List<String>> from, Key<?> because, Said<String> name) {
    settings.items(from).stream()
        .filter(before -> before.value().equals(name.value()))
        .forEach(before -> settings.overrule(from, before, because, name));
  }

  private Identity identity(String text) {
    Identity word = Words.IDENTITIES.get(text);
    return word == null ? IdentityReader.pair(text) : word;
  }

  private static <T> List<Said<T>> each(
      String option, List<String> texts, Function<String, T> parser) {
    return texts.stream().map(text -> Overriding.said(option, parser, text)).toList();
  }
}
