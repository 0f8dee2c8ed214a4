package dev.hexe.policy.profiles.override;

import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.reader.PathExpander;
import dev.hexe.policy.profiles.reader.PathPatterns;
import dev.hexe.policy.profiles.reader.Said;
import dev.hexe.policy.profiles.setting.SettingOption;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** The options that let the command read and write paths, which must be there. */
public final class ListedPathOptions {
  /** All of them, in the order of the help. */
  public static final List<SettingOption> ALL =
      List.of(
          listing("--read", "let the command read and execute this path", Keys.READ),
          listing("--write", "let the command write this path", Keys.WRITE));

  private ListedPathOptions() {}

  private static SettingOption listing(String name, String description, Key<List<PathRule>> key) {
    return SettingOption.repeated(
        name,
        "PATH",
        description,
        (word, paths, origin, into) ->
            into.add(key, new Said<>(present(word, paths), YamlText.scalar(word), origin)));
  }

  private static PathRule present(String word, PathExpander paths) {
    PathRule rule = paths.expand(word, false);
    if (!rule.path().equals(PathRule.CWD) && !exists(rule.path())) {
      throw new ProfileException("path " + Quotes.quote(word) + " does not exist", help(word));
    }
    return rule;
  }

  private static String help(String word) {
    return PathPatterns.isOne(word)
        ? "patterns are not expanded; name the directory that holds what is meant"
        : "";
  }

  private static boolean exists(String path) {
    try {
      return Files.exists(Path.of(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
