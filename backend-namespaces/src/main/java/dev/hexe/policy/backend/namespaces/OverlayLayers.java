package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.host.GuardedPath;
import dev.hexe.policy.api.host.HostTree;
import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.MountEntry.Changes;
import dev.hexe.policy.api.profile.PathRule;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks that the directories of overlays are apart. What changes below an overlay that is mounted
 * has no defined meaning, and who writes an upper directory itself writes marks for the kernel.
 */
final class OverlayLayers {
  /** What the launcher can name in one string of the kernel's interface. */
  private static final int MOST = 10;

  private final HostTree tree;
  private final FileAccess files;

  OverlayLayers(HostTree tree, FileAccess files) {
    this.tree = tree;
    this.files = files;
  }

  void check() {
    files.fixtures().overlays().forEach(this::check);
  }

  private void check(MountEntry.Overlay overlay) {
    if (overlay.lower().size() > MOST) {
      throw new CannotCompileException(
          "the overlay `%s` has more than %d directories".formatted(overlay.path(), MOST), "");
    }
    if (!(overlay.changes() instanceof Changes.Kept kept)) {
      return;
    }
    refuseUnknown(overlay, kept);
    apart(overlay, kept.upper(), kept.work());
    for (String lower : overlay.lower()) {
      apart(overlay, kept.upper(), lower);
      apart(overlay, kept.work(), lower);
    }
    for (String written : writable(overlay)) {
      outOf(overlay, kept.upper(), written);
      outOf(overlay, kept.work(), written);
    }
  }

  private static void refuseUnknown(MountEntry.Overlay overlay, Changes.Kept kept) {
    if (kept.upper().equals(PathRule.CWD) || kept.work().equals(PathRule.CWD)) {
      throw new CannotCompileException(
          "the overlay `" + overlay.path() + "` would keep its changes in the working directory",
          "name a directory that is the same at each run");
    }
  }

  /** What the command writes, this overlay's own changes left out. */
  private List<String> writable(MountEntry.Overlay overlay) {
    return Stream.concat(
            files.write().stream().map(PathRule::path),
            files.fixtures().all().stream()
                .filter(fixture -> !fixture.equals(overlay))
                .flatMap(OverlayLayers::writes))
        .filter(path -> !path.equals(PathRule.CWD))
        .toList();
  }

  private static Stream<String> writes(MountEntry fixture) {
    if (fixture instanceof MountEntry.Bind bind && bind.writable()) {
      return Stream.of(bind.source());
    }
    boolean kept =
        fixture instanceof MountEntry.Overlay other && other.changes() instanceof Changes.Kept;
    return kept && ((MountEntry.Overlay) fixture).changes() instanceof Changes.Kept changes
        ? Stream.of(changes.upper(), changes.work())
        : Stream.empty();
  }

  private void apart(MountEntry.Overlay overlay, String one, String other) {
    if (!other.equals(PathRule.CWD) && (covers(one, other) || covers(other, one))) {
      throw new CannotCompileException(
          "the directories `%s` and `%s` of the overlay `%s` are not apart"
              .formatted(one, other, overlay.path()),
          "choose directories none of which is in another one");
    }
  }

  private void outOf(MountEntry.Overlay overlay, String kept, String written) {
    if (covers(written, kept)) {
      throw new CannotCompileException(
          "the overlay `%s` has `%s`, which the command can write itself, in `%s`"
              .formatted(overlay.path(), kept, written),
          "choose a directory that is out of the command's reach");
    }
  }

  private boolean covers(String above, String below) {
    // Those that are missing may be apart, too; that they are missing is told elsewhere.
    String tree = GuardedPath.of(above, this.tree).path();
    String path = GuardedPath.of(below, this.tree).path();
    return PathRule.isIn(path, tree);
  }
}
