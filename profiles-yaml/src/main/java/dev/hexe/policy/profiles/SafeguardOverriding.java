package dev.hexe.policy.profiles;

import dev.hexe.policy.api.profile.Identity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Puts what the command line says about safeguards, the environment and ids on top of a profile.
 */
final class SafeguardOverriding {
  private final Settings settings;
  private final PathExpander expander;

  SafeguardOverriding(Settings settings, PathExpander expander) {
    this.settings = settings;
    this.expander = expander;
  }

  void apply(SafeguardOverrides overrides) {
    kept("--protect", Keys.PROTECT, Keys.PROTECTED_PATHS, overrides.protect());
    kept("--hide", Keys.HIDE, Keys.HIDDEN_PATHS, overrides.hide());
    if (overrides.clearEnvironment()) {
      settings.put(Keys.CLEAR_ENVIRONMENT, true);
    }
    each("--keepenv", overrides.keep(), VariableFormats::pattern).forEach(this::keep);
    each("--unsetenv", overrides.unset(), VariableFormats::pattern).forEach(this::unset);
    each("--setenv", overrides.set(), VariableFormats::assignment)
        .forEach(variable -> settings.add(Keys.SET_VARIABLES, Map.ofEntries(variable)));
    overrides
        .identity()
        .ifPresent(
            text ->
                settings.put(Keys.IDENTITY, Overriding.parse("--identity", this::identity, text)));
  }

  private void kept(String option, Key<KeptPaths> key, KeptPathsReader reader, List<String> paths) {
    each(option, paths, text -> reader.path(text, expander))
        .forEach(path -> settings.add(key, path));
  }

  private void keep(String name) {
    settings.put(Keys.UNSET_VARIABLES, without(settings.get(Keys.UNSET_VARIABLES), name));
    settings.add(Keys.KEEP_VARIABLES, List.of(name));
  }

  private void unset(String name) {
    settings.put(Keys.KEEP_VARIABLES, without(settings.get(Keys.KEEP_VARIABLES), name));
    settings.add(Keys.UNSET_VARIABLES, List.of(name));
    Map<String, String> set = new HashMap<>(settings.get(Keys.SET_VARIABLES));
    set.remove(name);
    settings.put(Keys.SET_VARIABLES, Map.copyOf(set));
  }

  private Identity identity(String text) {
    Identity word = Words.IDENTITIES.get(text);
    return word == null ? IdentityReader.pair(text) : word;
  }

  private static List<String> without(List<String> list, String item) {
    List<String> rest = new ArrayList<>(list);
    rest.remove(item);
    return List.copyOf(rest);
  }

  private static <T> List<T> each(String option, List<String> texts, Function<String, T> parser) {
    return texts.stream().map(text -> Overriding.parse(option, parser, text)).toList();
  }
}
