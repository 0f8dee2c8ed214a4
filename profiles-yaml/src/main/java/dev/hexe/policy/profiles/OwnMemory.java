package dev.hexe.policy.profiles;

import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Tmp;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.value.MountEntryForms;
import java.util.stream.Stream;

/** Shared memory of a sandbox, as something to be put there or to be listed. */
public final class OwnMemory {
  private static final String SHARED = "/dev/shm";

  private OwnMemory() {}

  /** What has to be put at {@code /dev/shm} for its size. */
  static Stream<MountEntry> fixtures(Settings settings) {
    return Stream.of(settings.get(Keys.SHARED_MEMORY))
        .filter(Tmp::isPrivate)
        .map(tmp -> new MountEntry.Tmpfs(SHARED, tmp.size(), MountEntryForms.STICKY_MODE));
  }

  /** What has to be listed for the host's {@code /dev/shm}. */
  static Stream<PathRule> listed(Settings settings) {
    return Stream.of(settings.get(Keys.SHARED_MEMORY))
        .filter(Tmp.HOST::equals)
        .map(tmp -> PathRule.ifPresent(SHARED));
  }
}
