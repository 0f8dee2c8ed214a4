package dev.hexe.policy.backend.namespaces;

import java.util.Set;

/** The directories above a path, as text: they are few beside the paths that are guarded. */
final class Above {
  private Above() {}

  /** The one above; empty where there is none. */
  static String of(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** Whether a path is one of the trees, or lies in one. */
  static boolean holds(String path, Set<String> trees) {
    String at = path;
    while (!at.isEmpty() && !trees.contains(at)) {
      at = of(at);
    }
    return !at.isEmpty();
  }
}
