package dev.hexe.policy.cli.explain;

import dev.hexe.policy.api.profile.Fixture;
import dev.hexe.policy.api.profile.Fixture.Changes;
import dev.hexe.policy.api.profile.PathRule;

/** A fixture of a profile, in a few words. */
final class FixtureText {
  private FixtureText() {}

  static String of(Fixture fixture) {
    if (fixture instanceof Fixture.Bind bind) {
      return path(bind.source()) + (bind.writable() ? ", to write" : ", to read");
    }
    if (fixture instanceof Fixture.Overlay overlay) {
      String lower = String.join(", ", overlay.lower().stream().map(FixtureText::path).toList());
      return "overlay of " + lower + changes(overlay.changes());
    }
    if (fixture instanceof Fixture.Tmpfs tmpfs) {
      return "empty, in memory, %s, mode %o".formatted(Setting.size(tmpfs.size()), tmpfs.mode());
    }
    if (fixture instanceof Fixture.Directory directory) {
      return "directory, mode %o".formatted(directory.mode());
    }
    if (fixture instanceof Fixture.Cache cache) {
      return (cache.shared() ? "the host's below, changes" : "own directory,")
          + " kept for the project";
    }
    if (fixture instanceof Fixture.ChangeStore) {
      return "changes are kept there, and the host's files stay as they are";
    }
    if (fixture instanceof Fixture.Symlink symlink) {
      return "symlink to " + symlink.target();
    }
    return file(fixture);
  }

  private static String file(Fixture fixture) {
    if (fixture instanceof Fixture.Text text) {
      return "file of %d characters, mode %o".formatted(text.text().length(), text.mode());
    }
    return fixture instanceof Fixture.Copy copy
        ? "file from descriptor %d, mode %o".formatted(copy.descriptor(), copy.mode())
        : "message queues";
  }

  private static String changes(Changes changes) {
    if (changes instanceof Changes.Kept kept) {
      return ", changes kept in " + kept.upper();
    }
    return changes instanceof Changes.Discarded discarded
        ? ", changes in memory, " + Setting.size(discarded.size())
        : ", to read";
  }

  private static String path(String path) {
    return path.equals(PathRule.CWD) ? "${CWD}" : path;
  }
}
