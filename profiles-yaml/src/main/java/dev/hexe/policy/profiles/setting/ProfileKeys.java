package dev.hexe.policy.profiles.setting;

import dev.hexe.policy.profiles.key.AddedKeys;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.reader.Key;
import java.util.List;
import java.util.stream.Stream;

/** Everything a profile can say, in the order of a profile. A key that is not here is a mistake. */
public final class ProfileKeys {
  private static final List<Key<?>> FIRST =
      List.of(
          Keys.PROFILE,
          Keys.SUMMARY,
          Keys.EXTENDS,
          Keys.IDENTITY,
          Keys.UNLISTED,
          Keys.READ,
          Keys.READ_IF_PRESENT,
          Keys.WRITE,
          Keys.WRITE_IF_PRESENT,
          Keys.LIST,
          Keys.LIST_IF_PRESENT,
          Keys.TMP,
          Keys.SHARED_MEMORY,
          Keys.HOME,
          Keys.CACHES,
          Keys.CACHES_IF_PRESENT,
          Keys.WHOLE_CACHES,
          Keys.FRESH_CACHES,
          Keys.MINIMAL_DEVICES,
          Keys.PROTECT,
          Keys.HIDE,
          Keys.GIT_CONFIG,
          Keys.CLEAR_ENVIRONMENT,
          Keys.KEEP_VARIABLES,
          Keys.UNSET_VARIABLES,
          Keys.SET_VARIABLES,
          Keys.ROOT,
          Keys.BIND,
          Keys.BIND_IF_PRESENT,
          Keys.BIND_READ_ONLY,
          Keys.BIND_READ_ONLY_IF_PRESENT,
          Keys.OVERLAYS,
          Keys.TMPFS,
          Keys.DIRECTORIES,
          Keys.SYMLINKS,
          Keys.CONTENTS,
          Keys.MESSAGE_QUEUES,
          Keys.READ_ONLY,
          Keys.NO_EXECUTE,
          Keys.PROCESSES_INVISIBLE,
          Keys.PROCESSES_UNREACHABLE,
          Keys.PID);

  private static final List<Key<?>> MIDDLE =
      List.of(
          Keys.NETWORK,
          Keys.PRIVATE_IPC,
          Keys.TERMINAL,
          Keys.HOSTNAME,
          Keys.PRIVATE_CGROUPS,
          Keys.PRIVATE_MOUNTS,
          Keys.NO_GAIN,
          Keys.CAPABILITIES,
          Keys.NO_USER_NAMESPACES,
          Keys.NESTING,
          Keys.DENIED_SYSTEM_CALLS,
          Keys.ALLOWED_CALLS,
          Keys.DENIED_CALLS,
          Keys.OTHER_CALLS,
          Keys.FILTERS,
          Keys.FILTER_DESCRIPTORS);

  public static final List<Key<?>> ALL =
      Stream.of(
              FIRST,
              StartSettings.KEYS,
              MIDDLE,
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
