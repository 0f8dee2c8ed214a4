package dev.hexe.policy.profiles;

import dev.hexe.policy.api.problem.MissingPath;
import dev.hexe.policy.api.profile.MountEntry;
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

  private static final List<Key<List<MountEntry>>> BINDS = List.of(Keys.BIND, Keys.BIND_READ_ONLY);

  private MissingListed() {}

  static void add(Settings own, Mistakes mistakes) {
    if (own.mentions(Keys.ROOT)) {
      return; // what a root of its own has there is looked for by the compiler
    }
    LISTS.forEach(
        list ->
            own.items(list)
                .forEach(said -> add(list, said.value().path(), said.origin(), mistakes)));
    BINDS.forEach(
        list ->
            own.items(list).stream()
                .filter(said -> said.value() instanceof MountEntry.Bind)
                .forEach(
                    said ->
                        add(
                            list,
                            ((MountEntry.Bind) said.value()).source(),
                            said.origin(),
                            mistakes)));
  }

  private static void add(Key<?> list, String path, Origin origin, Mistakes mistakes) {
    if (path.startsWith("/") && !Files.exists(Path.of(path))) {
      String key = list.path().substring(list.path().lastIndexOf('.') + 1);
      mistakes.add(
          origin,
          MissingPath.message(Quotes.visible(path)),
          MissingPath.help(path, key + "-if-present"));
    }
  }
}
