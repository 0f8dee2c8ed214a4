package dev.hexe.policy.profiles.setting;

import dev.hexe.policy.profiles.key.AddedKeys;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.reader.Key;
import java.util.List;
import java.util.stream.Stream;

/** Everything a profile can say, in the order of a profile. A key that is not here is a mistake. */
public final class ProfileKeys {
  public static final List<Key<?>> ALL =
      Stream.of(
              Keys.FIRST,
              StartSettings.KEYS,
              Keys.MIDDLE,
              LimitSettings.keys(),
              List.of(StartSettings.RESOURCES.key(), Keys.DEMAND))
          .<Key<?>>flatMap(List::stream)
          .toList();

  private ProfileKeys() {}

  /** These, and those of plug-ins behind them. */
  public static List<Key<?>> all() {
    List<Key<?>> added = AddedKeys.installed().keys();
    return added.isEmpty() ? ALL : Stream.concat(ALL.stream(), added.stream()).toList();
  }

  /** A list with the one that differs from it only in whether what it lists has to be there. */
  public static List<Key<?>> twins(Key<?> key) {
    List<Key<?>> twins = ALL.stream().filter(key::isTwinOf).toList();
    return twins.isEmpty() ? List.of(key) : twins;
  }
}
