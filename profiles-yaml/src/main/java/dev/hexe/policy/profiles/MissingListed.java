package dev.hexe.policy.profiles;

import dev.hexe.policy.api.problem.MissingPath;
import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.yaml.Mistakes;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The listed paths of a file that are not there, for a file that has other mistakes: whoever mends
 * those would learn of them one run later, when the plan is made.
 */
final class MissingListed {
  private static final List<Key<List<PathRule>>> LISTS = List.of(Keys.READ, Keys.WRITE, Keys.LIST);

  private MissingListed() {}

  static void add(Settings own, Mistakes mistakes) {
    if (own.mentions(Keys.ROOT)) {
      return; // what a root of its own has there is looked for by the compiler
    }
    LISTS.forEach(
        list -> own.items(list).forEach(said -> add(list, said.value(), said.origin(), mistakes)));
  }

  private static void add(
      Key<List<PathRule>> list, PathRule rule, Origin origin, Mistakes mistakes) {
    if (rule.path().startsWith("/") && !Files.exists(Path.of(rule.path()))) {
      String key = list.path().substring(list.path().lastIndexOf('.') + 1);
      mistakes.add(
          origin,
          MissingPath.message(Quotes.visible(rule.path())),
          MissingPath.help(rule.path(), key + "-if-present"));
    }
  }
}
