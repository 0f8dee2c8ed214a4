package dev.hexe.policy.profiles.project;

import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.ProtectedPath;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.reader.Meeting;
import dev.hexe.policy.profiles.reader.Said;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.value.ProtectedPathEntry;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.nio.file.Path;
import java.util.List;

/**
 * Paths in the working directory, and in those above it, that somebody lists although they are kept
 * from the command there. Each is lifted by itself: where one of several directories above is
 * meant, the others stay as they are. What comes out is for this working directory alone.
 */
public final class ProjectPaths {
  private static final List<Key<List<PathRule>>> WRITE = List.of(Keys.WRITE, Keys.WRITE_IF_PRESENT);
  private static final List<Key<List<PathRule>>> READ = List.of(Keys.READ, Keys.READ_IF_PRESENT);

  private final Settings settings;
  private final Path workingDirectory;
  private boolean used;

  public ProjectPaths(Settings settings, Path workingDirectory) {
    this.settings = settings;
    this.workingDirectory = workingDirectory;
  }

  /**
   * Puts places in the stead of what stands for them, where one of the places is listed.
   *
   * @throws ProfileException where a part of something that is kept is listed
   */
  public void settle() {
    WRITE.forEach(list -> settle(Keys.PROTECT, list));
    WRITE.forEach(list -> settle(Keys.HIDE, list));
    READ.forEach(list -> settle(Keys.HIDE, list));
  }

  /** Whether the working directory counted. */
  public boolean used() {
    return used;
  }

  private void settle(Key<List<ProtectedPathEntry>> guards, Key<List<PathRule>> list) {
    for (Said<PathRule> listed : settings.items(list)) {
      for (Said<ProtectedPathEntry> guard : settings.items(guards)) {
        if (isUnseen(guard.value().guard())) {
          settle(guards, guard, list, listed);
        }
      }
    }
  }

  private void settle(
      Key<List<ProtectedPathEntry>> guards,
      Said<ProtectedPathEntry> guard,
      Key<List<PathRule>> list,
      Said<PathRule> listed) {
    String path = listed.value().path();
    List<String> places = guard.value().guard().places(workingDirectory);
    places.stream()
        .filter(place -> path.startsWith(place + "/"))
        .forEach(place -> refusePart(guard, path));
    if (!places.contains(path) || !new Meeting(guards, guard, list, listed, true).looserHolds()) {
      return;
    }
    used = true;
    settings.overrule(guards, guard, list, listed);
    places.stream()
        .filter(place -> !place.equals(path))
        .forEach(place -> settings.add(guards, at(place, guard)));
  }

  private static Said<ProtectedPathEntry> at(String place, Said<ProtectedPathEntry> guard) {
    ProtectedPath there = guard.value().guard().at(place);
    return new Said<>(
        new ProtectedPathEntry(there, guard.value().shown()), guard.written(), guard.origin());
  }

  private static void refusePart(Said<ProtectedPathEntry> guard, String path) {
    String whole = ProtectedPathEntry.text(guard.value().path());
    throw new ProfileException(
        Quotes.quote(path) + " lies in " + Quotes.quote(whole) + ", which is kept as a whole",
        "list that itself");
  }

  private static boolean isUnseen(ProtectedPath guard) {
    return guard.inWorkingDirectory() || guard.aboveWorkingDirectory();
  }
}
