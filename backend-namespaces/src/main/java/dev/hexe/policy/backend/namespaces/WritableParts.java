package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.host.HostTree;
import dev.hexe.policy.api.host.ResolvedPath;
import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.PathRule;
import java.util.List;

/**
 * Looks for what can be written in trees that are read-only, where all else stays as it is on the
 * host. In the host's tree such a part would be found read-only when its turn comes.
 */
final class WritableParts {
  private final HostTree tree;
  private final FileAccess files;

  WritableParts(HostTree tree, FileAccess files) {
    this.tree = tree;
    this.files = files;
  }

  /** True where there are any, for the mounts that these decisions make. */
  boolean areThere(boolean listed, boolean laidOut) {
    return (listed && areIn(files.read())) || (laidOut && areIn(files.fixtures().readOnly()));
  }

  private boolean areIn(List<PathRule> trees) {
    return files.write().stream()
        .anyMatch(part -> trees.stream().anyMatch(readOnly -> isIn(part, readOnly)));
  }

  /** Only the launcher knows where the working directory is: it may be anywhere. */
  private boolean isIn(PathRule part, PathRule readOnly) {
    return part.path().equals(PathRule.CWD)
        || PathRule.isBelow(real(part), real(readOnly))
        || readOnly.path().equals("/");
  }

  private String real(PathRule rule) {
    return rule.path().startsWith("/") ? ResolvedPath.of(rule.path(), tree).path() : rule.path();
  }
}
