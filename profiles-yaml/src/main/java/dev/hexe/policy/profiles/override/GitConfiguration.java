package dev.hexe.policy.profiles.override;

import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.reader.Meeting;
import dev.hexe.policy.profiles.reader.Said;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.value.ProtectedPathEntry;
import dev.hexe.policy.profiles.yaml.ProfileException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lifts the usual protection of the configuration of the git repository that the working directory
 * is in, where the profile lets it be changed. Its hooks stay protected, and so does whatever is
 * named by itself.
 */
public final class GitConfiguration {
  private static final Set<String> LIFTED =
      Stream.of(PathRule.CWD, PathRule.ABOVE)
          .flatMap(place -> Stream.of(place + "/.git/config", place + "/.git/config.worktree"))
          .collect(Collectors.toUnmodifiableSet());

  private GitConfiguration() {}

  /**
   * Takes the protection back.
   *
   * @throws ProfileException where nothing of git's is protected
   */
  public static void settle(Settings settings) {
    if (!settings.get(Keys.GIT_CONFIG)) {
      return;
    }
    List<Said<Object>> all = settings.all(Keys.GIT_CONFIG);
    Said<Object> writable = all.get(all.size() - 1);
    List<Said<ProtectedPathEntry>> guards = settings.items(Keys.PROTECT);
    if (guards.stream().noneMatch(guard -> guard.value().path().contains("/.git/"))) {
      throw new ProfileException(
          writable.origin().text()
              + ": `git.config: writable` has no effect: the profile protects nothing of git's",
          "leave it out, or add `protect: [default]`");
    }
    guards.stream()
        .filter(guard -> LIFTED.contains(guard.value().path()))
        .filter(guard -> holds(guard, writable))
        .forEach(guard -> settings.overrule(Keys.PROTECT, guard, Keys.GIT_CONFIG, writable));
  }

  private static boolean holds(Said<ProtectedPathEntry> guard, Said<Object> writable) {
    return new Meeting(Keys.PROTECT, guard, Keys.GIT_CONFIG, writable, true).looserHolds();
  }
}
