package dev.hexe.policy.engine.system;

import dev.hexe.policy.api.host.HostTree;
import dev.hexe.policy.api.host.HostTree.Kind;
import dev.hexe.policy.api.host.ResolvedPath;
import java.util.Optional;

/** The target of a symlink of the system, and whether it may be handed over for that alone. */
final class LinkTarget {
  private final ResolvedPath resolved;
  private final GrantedTrees granted;
  private final HostTree tree;

  LinkTarget(ResolvedPath resolved, GrantedTrees granted, HostTree tree) {
    this.resolved = resolved;
    this.granted = granted;
    this.tree = tree;
  }

  /** Why it is not granted, in words that follow it; empty where nothing speaks against it. */
  Optional<String> obstacle() {
    if (resolved.links().keySet().stream().anyMatch(granted::isWritten)) {
      return Optional.of("is reached through a symlink that the command could have made itself");
    }
    if (isIn("/tmp") || isIn("/dev") || isIn("/proc")) {
      return Optional.of("lies in a directory that the sandbox may have for itself");
    }
    return resolved.kind() == Kind.DIRECTORY ? directory() : file();
  }

  private Optional<String> directory() {
    boolean wide = resolved.path().lastIndexOf('/') == 0;
    return wide || granted.holdsWritten(resolved.path())
        ? Optional.of("holds more than the system's files")
        : Optional.empty();
  }

  private Optional<String> file() {
    return tree.isRegularFile(resolved.path())
        ? Optional.empty()
        : Optional.of("is neither a regular file nor a directory");
  }

  private boolean isIn(String directory) {
    return resolved.path().startsWith(directory + "/");
  }
}
