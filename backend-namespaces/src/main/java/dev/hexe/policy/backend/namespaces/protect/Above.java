package dev.hexe.policy.backend.namespaces.protect;

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

  /** Whether a path lies in a tree, which is not the root. */
  static boolean isBelow(String path, String tree) {
    int end = tree.length();
    return path.length() > end && path.charAt(end) == '/' && path.startsWith(tree);
  }
}
