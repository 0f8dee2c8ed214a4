package dev.hexe.policy.api.host;

import dev.hexe.policy.api.host.HostTree.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The ends of many paths. What lies in one directory is looked for there, without a walk through
 * all directories above it: hundreds of them are in the home.
 */
public final class GuardedPaths {
  private static final String ROOT = "/";

  private final HostTree tree;
  private final Map<String, GuardedPath> found = new HashMap<>();

  /** What is at paths to which no symlink leads; others are symlinks here. */
  private final Map<String, Kind> kinds = new HashMap<>();

  /** Looks in a tree, whose files stay as they are. */
  public GuardedPaths(HostTree tree) {
    this.tree = tree.glancing();
    kinds.put(ROOT, Kind.DIRECTORY);
  }

  /**
   * The same as {@link GuardedPath#of}.
   *
   * @throws dev.hexe.policy.api.problem.CannotCompileException as that does
   */
  public GuardedPath of(String path) {
    GuardedPath known = found.get(path);
    if (known == null) {
      known = needsNoWalk(path) ? plain(path) : GuardedPath.of(path, tree);
      found.put(path, known);
    }
    return known;
  }

  /** The same as {@link GuardedPath#orBroken}. */
  public GuardedPath orBroken(String path) {
    GuardedPath known = found.get(path);
    if (known == null) {
      known = needsNoWalk(path) ? plain(path) : GuardedPath.orBroken(path, tree);
      found.put(path, known);
    }
    return known;
  }

  private static GuardedPath plain(String path) {
    return new GuardedPath(path, Set.of(), false);
  }

  private boolean needsNoWalk(String path) {
    return path.startsWith(ROOT) && isNormal(path) && kind(path) != Kind.SYMLINK;
  }

  private static boolean isNormal(String path) {
    return !path.contains("//")
        && !path.contains("/./")
        && !path.contains("..")
        && !endsOddly(path);
  }

  private static boolean endsOddly(String path) {
    return path.length() > 1 && (path.endsWith(ROOT) || path.endsWith("/."));
  }

  private Kind kind(String path) {
    Kind known = kinds.get(path);
    if (known == null) {
      Kind above = kind(above(path));
      known =
          switch (above) {
            case SYMLINK -> Kind.SYMLINK;
            case DIRECTORY -> tree.look(path).kind();
            case ABSENT, FILE -> Kind.ABSENT;
          };
      kinds.put(path, known);
    }
    return known;
  }

  private static String above(String path) {
    int end = path.lastIndexOf('/');
    return end == 0 ? ROOT : path.substring(0, end);
  }
}
