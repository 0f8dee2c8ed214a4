package dev.hexe.policy.api.host;

import dev.hexe.policy.api.host.HostTree.Kind;
import dev.hexe.policy.api.problem.CannotCompileException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The end of a path, whether there is anything or not.
 *
 * @param path without symlinks, as far as there are any now
 * @param links the symlinks on the way
 * @param broken whether it leads nowhere, by way of too many links
 */
public record GuardedPath(String path, Set<String> links, boolean broken) {
  /** Copies the links, in their order. */
  public GuardedPath {
    links = Collections.unmodifiableSet(new LinkedHashSet<>(links));
  }

  /** The same, but a path that leads nowhere is no mistake: it is a link that stays as it is. */
  public static GuardedPath orBroken(String path, HostTree tree) {
    try {
      return of(path, tree);
    } catch (CannotCompileException e) {
      return new GuardedPath(path, Set.of(path), true);
    }
  }

  /** Follows {@code path}; what is not there is not remembered: it is looked for at each run. */
  public static GuardedPath of(String path, HostTree tree) {
    ResolvedPath resolved = ResolvedPath.of(path, tree.glancing());
    Set<String> links = new TreeSet<>(resolved.links().keySet());
    if (resolved.kind() != Kind.ABSENT) {
      return new GuardedPath(resolved.path(), links, false);
    }
    String above = path;
    ResolvedPath there = resolved;
    while (there.kind() == Kind.ABSENT) {
      above = above.substring(0, above.lastIndexOf('/'));
      there = ResolvedPath.of(above.isEmpty() ? "/" : above, tree.glancing());
    }
    String whole = (there.path().equals("/") ? "" : there.path()) + path.substring(above.length());
    // A symlink that leads nowhere: where it leads, something can be made.
    return new GuardedPath(links.contains(whole) ? resolved.path() : whole, links, false);
  }
}
