package dev.hexe.policy.profiles.override;

import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.key.ProtectedPathsReader;
import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.reader.Said;
import dev.hexe.policy.profiles.setting.SettingOption;
import dev.hexe.policy.profiles.value.ProtectedPathEntry;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.List;

/** The options on protected and hidden paths. */
public final class ProtectedPathOptions {
  /** All of them, in the order of the help. */
  public static final List<SettingOption> ALL =
      List.of(
          protecting(
              "--protect",
              "let nothing change this path, or those of the `default` list",
              Keys.PROTECT,
              Keys.PROTECTED_PATHS),
          protecting(
              "--hide",
              "let nothing open this path, or those of the `default` list",
              Keys.HIDE,
              Keys.HIDDEN_PATHS),
          SettingOption.flag(
              "--git-config",
              "let git change the configuration of this repository",
              (word, paths, origin, into) ->
                  into.put(
                      Keys.GIT_CONFIG, new Said<>(true, YamlText.scalar("writable"), origin))));

  private ProtectedPathOptions() {}

  private static SettingOption protecting(
      String name,
      String description,
      Key<List<ProtectedPathEntry>> key,
      ProtectedPathsReader reader) {
    return SettingOption.repeated(
        name,
        "PATH",
        description,
        (word, paths, origin, into) ->
            reader.paths(word, paths, origin).forEach(path -> into.add(key, path)));
  }
}
