package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.host.HostTree;
import dev.hexe.policy.api.host.HostTree.Kind;
import dev.hexe.policy.api.plan.MountAttribute;
import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.backend.namespaces.Place.Bind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes rights away from what is at a path, whatever that is. */
final class Restrictions {
  private final InsideTree inside;
  private final Layout layout;
  private final boolean newRoot;

  Restrictions(HostTree tree, Layout layout, boolean newRoot) {
    this.inside = new InsideTree(tree, layout, newRoot);
    this.layout = layout;
    this.newRoot = newRoot;
  }

  /**
   * Gives each path a mount of its own with this attribute, and all mounts below, except for those
   * at or below others.
   */
  void put(List<PathRule> rules, MountAttribute attribute, List<String> except) {
    for (PathRule rule : rules) {
      separate(rule.path(), attribute);
      layout.restrict(rule.path(), attribute, nearer(except, rule.path()));
    }
  }

  /** Those that lie below a tree: of two that are nested the inner one counts. */
  private static List<String> nearer(List<String> except, String tree) {
    return except.stream().filter(path -> path.length() > tree.length()).toList();
  }

  private void separate(String path, MountAttribute attribute) {
    Place there = layout.places().get(path);
    if (path.equals("/") || (there != null && isMountThere(path, there))) {
      return;
    }
    Optional<Map.Entry<String, Place>> above = layout.above(path);
    if (above.isEmpty() && newRoot) {
      requireSomething(path);
    } else if (above.isEmpty()) {
      bind(path, new Bind("/", Set.of(MountAttribute.NOSUID), false, false), "/");
    } else if (above.get().getValue() instanceof Bind tree) {
      bind(path, tree, above.get().getKey());
    } else if (!has(above.get().getValue(), attribute)) {
      throw new CannotCompileException(
          "`%s` is no mount of its own in `%s`".formatted(path, above.get().getKey()),
          "say it of `" + above.get().getKey() + "` as a whole");
    }
  }

  private boolean isMountThere(String path, Place place) {
    return place.isMount() || (place instanceof Place.Made && !layout.isInOurs(path));
  }

  private static boolean has(Place place, MountAttribute attribute) {
    return place.equals(place.with(attribute)) && place.isMount();
  }

  private void requireSomething(String path) {
    if (layout.atOrBelow(path).isEmpty()) {
      throw new CannotCompileException(
          "there is nothing at `" + path + "` in the sandbox",
          path.equals(PathRule.CWD)
              ? "list the working directory itself, as `${CWD}`"
              : "list it, or put something there");
    }
  }

  private void bind(String path, Bind tree, String bound) {
    Kind kind = inside.look(path).kind();
    if (kind != Kind.DIRECTORY && kind != Kind.FILE) {
      throw new CannotCompileException(
          kind == Kind.SYMLINK
              ? "`" + path + "` is a symlink"
              : "`" + path + "` does not exist in the sandbox",
          kind == Kind.SYMLINK ? "say the real path" : "create it, or leave it out");
    }
    layout.replace(
        path,
        new Bind(
            tree.sourceOf(bound, path),
            tree.attributes(),
            kind == Kind.FILE,
            false,
            Bind.Purpose.CHOSEN));
  }
}
