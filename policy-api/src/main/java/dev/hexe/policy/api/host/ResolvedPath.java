package dev.hexe.policy.api.host;

import dev.hexe.policy.api.host.HostTree.Entry;
import dev.hexe.policy.api.host.HostTree.Kind;
import dev.hexe.policy.api.problem.CannotCompileException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A listed path with its symlinks followed, and those symlinks: a sandbox in which {@code /bin} is
 * listed has to have the symlink {@code /bin} and the directory it leads to.
 *
 * @param path without symlinks
 * @param kind what is there; {@code ABSENT} where the path or a part of it is missing
 * @param links the symlinks on the way, path to target
 */
public record ResolvedPath(String path, Kind kind, Map<String, String> links) {
  /** As many as {@code path_resolution(7)} allows. */
  private static final int MAXIMUM_LINKS = 40;

  /** Symlinks that lead somewhere else for each process that looks, here for the compiler. */
  private static final Set<String> SELF = Set.of("/proc/self", "/proc/thread-self");

  /** Copies the links. */
  public ResolvedPath {
    links = Map.copyOf(links);
  }

  /**
   * Follows {@code path} in {@code tree}.
   *
   * @throws CannotCompileException where it leads through too many symlinks, or through one that
   *     each process sees differently
   */
  public static ResolvedPath of(String path, HostTree tree) {
    return new Walk(tree, path).finish();
  }

  private static final class Walk {
    private final HostTree tree;
    private final String listed;
    private final Deque<String> ahead = new ArrayDeque<>();
    private final Map<String, String> links = new LinkedHashMap<>();
    private String here = "";
    private Kind kind = Kind.DIRECTORY;
    private int followed;

    Walk(HostTree tree, String listed) {
      this.tree = tree;
      this.listed = listed;
      push(listed);
    }

    ResolvedPath finish() {
      while (!ahead.isEmpty() && kind != Kind.ABSENT) {
        step(ahead.pop());
      }
      return new ResolvedPath(here.isEmpty() ? "/" : here, kind, links);
    }

    private void step(String name) {
      if (kind != Kind.DIRECTORY) {
        kind = Kind.ABSENT;
      } else if (name.equals("..")) {
        here = here.substring(0, Math.max(0, here.lastIndexOf('/')));
      } else {
        enter(here + "/" + name);
      }
    }

    private void enter(String next) {
      Entry entry = tree.look(next);
      if (entry.kind() == Kind.SYMLINK) {
        follow(next, entry.target());
      } else {
        here = next;
        kind = entry.kind();
      }
    }

    private void follow(String link, String target) {
      if (++followed > MAXIMUM_LINKS) {
        throw new CannotCompileException(
            "`" + listed + "` cannot be resolved: too many symlinks", "list the real path instead");
      }
      if (SELF.contains(link)) {
        throw new CannotCompileException(
            "`" + listed + "` leads to `" + link + "`, which is another process at each run",
            "leave it out; `others: invisible` brings a /proc of its own");
      }
      links.put(link, target);
      if (target.startsWith("/")) {
        here = "";
      }
      push(target);
    }

    private void push(String path) {
      List<String> names = Arrays.asList(path.split("/"));
      for (int i = names.size() - 1; i >= 0; i--) {
        if (!names.get(i).isEmpty() && !names.get(i).equals(".")) {
          ahead.push(names.get(i));
        }
      }
    }
  }
}
