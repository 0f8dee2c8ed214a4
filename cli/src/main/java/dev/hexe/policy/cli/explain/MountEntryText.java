package dev.hexe.policy.cli.explain;

import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.MountEntry.Changes;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.profiles.value.LimitFormats;

/** A fixture of a profile, in a few words. */
final class MountEntryText {
  private MountEntryText() {}

  static String of(MountEntry fixture) {
    if (fixture instanceof MountEntry.Bind bind) {
      return path(bind.source()) + (bind.writable() ? ", to write" : ", to read");
    }
    if (fixture instanceof MountEntry.Overlay overlay) {
      String lower = String.join(", ", overlay.lower().stream().map(MountEntryText::path).toList());
      return "overlay of " + lower + changes(overlay.changes());
    }
    if (fixture instanceof MountEntry.Tmpfs tmpfs) {
      return "empty, in memory, %s, mode %o"
          .formatted(LimitFormats.text(tmpfs.size()), tmpfs.mode());
    }
    if (fixture instanceof MountEntry.Directory directory) {
      return "directory, mode %o".formatted(directory.mode());
    }
    if (fixture instanceof MountEntry.Cache cache) {
      return (cache.shared() ? "the host's below, changes" : "own directory,")
          + " kept for the project";
    }
    if (fixture instanceof MountEntry.ChangeStore) {
      return "changes are kept there, and the host's files stay as they are";
    }
    if (fixture instanceof MountEntry.Symlink symlink) {
      return "symlink to " + symlink.target();
    }
    return file(fixture);
  }

  private static String file(MountEntry fixture) {
    if (fixture instanceof MountEntry.Text text) {
      return "file of %d characters, mode %o".formatted(text.text().length(), text.mode());
    }
    return fixture instanceof MountEntry.Copy copy
        ? "file from descriptor %d, mode %o".formatted(copy.descriptor(), copy.mode())
        : "message queues";
  }

  private static String changes(Changes changes) {
    if (changes instanceof Changes.Kept kept) {
      return ", changes kept in " + kept.upper();
    }
    return changes instanceof Changes.Discarded discarded
        ? ", changes in memory, " + LimitFormats.text(discarded.size())
        : ", to read";
  }

  private static String path(String path) {
    return path.equals(PathRule.CWD) ? "${CWD}" : path;
  }
}
