package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.host.HostTree;
import dev.hexe.policy.api.host.ResolvedPath;
import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.MountEntry.Changes;
import dev.hexe.policy.api.profile.PathRule;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks for what is to be mounted and lies below something else that is mounted. In the host's tree
 * as it is, it could not be found any more when its turn comes.
 */
final class CoveredSources {
  private static final String TMP = "/tmp";

  private final HostTree tree;
  private final FileAccess files;
  private final boolean ownTmp;

  CoveredSources(HostTree tree, FileAccess files, boolean ownTmp) {
    this.tree = tree;
    this.files = files;
    this.ownTmp = ownTmp;
  }

  /** Whether something is laid out from below another mount. */
  boolean areLaidOut() {
    return files.fixtures().all().stream().anyMatch(this::isCovered);
  }

  /** Whether something is listed below a file system that begins empty. */
  boolean areListed() {
    return files.read().stream().anyMatch(this::isBelowEmpty) || !writable().isEmpty();
  }

  /** What is listed there for writing. */
  List<PathRule> writable() {
    return files.write().stream().filter(this::isBelowEmpty).toList();
  }

  private boolean isBelowEmpty(PathRule rule) {
    String path = rule.path();
    return path.startsWith("/")
        && empty().anyMatch(directory -> !path.equals(directory) && isBelow(path, directory));
  }

  private Stream<String> empty() {
    Stream<String> laidOut =
        files.fixtures().all().stream()
            .filter(MountEntry.Tmpfs.class::isInstance)
            .map(MountEntry::path);
    return ownTmp ? Stream.concat(laidOut, Stream.of(TMP)) : laidOut;
  }

  private boolean isCovered(MountEntry fixture) {
    return sources(fixture).anyMatch(source -> covers(fixture).anyMatch(at -> isBelow(source, at)));
  }

  /** What is mounted at its own place is opened before. */
  private Stream<String> covers(MountEntry except) {
    Stream<String> others =
        files.fixtures().all().stream()
            .map(MountEntry::path)
            .filter(path -> !path.equals(except.path()));
    return ownTmp ? Stream.concat(others, Stream.of(TMP)) : others;
  }

  private static Stream<String> sources(MountEntry fixture) {
    if (fixture instanceof MountEntry.Bind bind) {
      return Stream.of(bind.source());
    }
    if (fixture instanceof MountEntry.Overlay overlay) {
      return Stream.concat(overlay.lower().stream(), keptBy(overlay.changes()));
    }
    return fixture instanceof MountEntry.Cache cache ? Stream.of(cache.path()) : Stream.empty();
  }

  private static Stream<String> keptBy(Changes changes) {
    return changes instanceof Changes.Kept kept
        ? Stream.of(kept.upper(), kept.work())
        : Stream.empty();
  }

  /** Where the working directory is, is not known yet: it may be anywhere. */
  private boolean isBelow(String path, String directory) {
    if (!path.startsWith("/")) {
      return true;
    }
    String real = ResolvedPath.of(path, tree).path();
    return real.equals(directory) || real.startsWith(directory + "/");
  }
}
