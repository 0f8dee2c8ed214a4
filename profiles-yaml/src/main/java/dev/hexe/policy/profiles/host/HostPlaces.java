package dev.hexe.policy.profiles.host;

import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.reader.Said;
import dev.hexe.policy.profiles.reader.Settings;

/**
 * Lists what a profile wants as it is on the host, where it leaves unlisted paths out. What it does
 * not speak of stays unlisted: nothing comes in by itself.
 */
public final class HostPlaces {
  private HostPlaces() {}

  public static void list(Settings settings) {
    if (settings.get(Keys.UNLISTED) == Unlisted.ALLOWED) {
      return;
    }
    if (!settings.get(Keys.TMP).isPrivate()) {
      add(settings, Keys.TMP, Keys.WRITE_IF_PRESENT, "/tmp");
    }
    if (!settings.get(Keys.MINIMAL_DEVICES)) {
      add(settings, Keys.MINIMAL_DEVICES, Keys.WRITE_IF_PRESENT, "/dev");
    }
    if (!settings.get(Keys.PROCESSES_INVISIBLE)) {
      add(settings, Keys.PROCESSES_INVISIBLE, Keys.READ_IF_PRESENT, "/proc");
    }
  }

  private static void add(
      Settings settings, Key<?> wish, Key<java.util.List<PathRule>> list, String path) {
    settings.all(wish).stream()
        .map(said -> new Said<>(PathRule.ifPresent(path), path, said.origin()))
        .forEach(place -> settings.add(list, place));
  }
}
