package dev.hexe.policy.backend.landlock;

import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.MountEntries;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;

/** Trees that become read-only by being granted no right to write. */
final class ReadOnlyTrees {
  private ReadOnlyTrees() {}

  /** Whether nothing else is laid out, which would take a mount. */
  static boolean suits(Profile profile) {
    MountEntries fixtures = profile.files().fixtures();
    return fixtures.root() == null && fixtures.all().isEmpty();
  }

  /** Whether none of them lies within something that can be written. */
  static boolean areWhole(FileAccess files) {
    return files.unlisted() == Unlisted.ALLOWED
        ? files.fixtures().forbidWritingAnywhere()
        : files.fixtures().readOnly().stream().noneMatch(tree -> isWithin(files, tree));
  }

  private static boolean isWithin(FileAccess files, PathRule tree) {
    return files.write().stream()
        .map(PathRule::path)
        .anyMatch(written -> tree.path().startsWith(written + "/"));
  }
}
