package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.host.HostTree.Entry;
import dev.hexe.policy.api.host.HostTree.Kind;
import dev.hexe.policy.api.host.ResolvedPath;
import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.backend.namespaces.Place.Bind;
import dev.hexe.policy.backend.namespaces.Place.Directory;
import dev.hexe.policy.backend.namespaces.Place.Made;
import dev.hexe.policy.backend.namespaces.Place.Special;
import dev.hexe.policy.backend.namespaces.Place.Stack;
import dev.hexe.policy.backend.namespaces.Place.Symlink;
import dev.hexe.policy.backend.namespaces.Place.Tmpfs;
import java.util.Map;

/** Decides whether something can be put at a path: nothing is ever made on the host for it. */
final class Destinations {
  private static final String ROOT = "/";

  private final InsideTree inside;
  private final Layout layout;

  Destinations(InsideTree inside, Layout layout) {
    this.inside = inside;
    this.layout = layout;
  }

  /**
   * Whether there is something already.
   *
   * @throws CannotCompileException where it cannot be put there
   */
  boolean check(MountEntry fixture, Place place) {
    String path = fixture.path();
    if (path.equals(PathRule.CWD)) {
      return false; // The launcher knows where that is, and looks then.
    }
    if (path.equals(ROOT)) {
      refuseRoot(place);
      return false;
    }
    refuseSystemPlace(path, place);
    refuseLinks(path);
    Entry there = inside.look(path);
    boolean exists = there.kind() != Kind.ABSENT;
    if (!exists && !layout.isInOurs(path)) {
      throw missing(path);
    }
    if (exists) {
      refuseKinds(path, place, there.kind());
    }
    return exists;
  }

  /**
   * Looks for a mount point in the tree around it.
   *
   * @throws CannotCompileException where there is none
   */
  void require(String path) {
    if (inside.around(path).kind() == Kind.ABSENT) {
      throw missing(path);
    }
  }

  private static void refuseRoot(Place place) {
    if (!(place instanceof Stack)) {
      throw new CannotCompileException(
          "only an overlay can be put at `/`", "say `root` for a directory that becomes the root");
    }
  }

  /** Those that every sandbox has are not covered: more would be lost than is seen. */
  private void refuseSystemPlace(String path, Place next) {
    Place place = layout.places().get(path);
    if (place instanceof Tmpfs || (place instanceof Special && !(next instanceof Special))) {
      throw new CannotCompileException(
          "`" + path + "` is the sandbox's own already",
          "put something below it, or let `files.tmp` or `files.devices` be the host's");
    }
    layout
        .above(path)
        .filter(above -> above.getValue() instanceof Special)
        .ifPresent(above -> refuseBelow(path, above.getKey()));
  }

  private static void refuseBelow(String path, String above) {
    throw new CannotCompileException(
        "`%s` is in `%s`, which is made by the kernel".formatted(path, above),
        "choose another path");
  }

  private void refuseLinks(String path) {
    ResolvedPath resolved = ResolvedPath.of(path, inside);
    if (resolved.links().isEmpty()) {
      return;
    }
    Map.Entry<String, String> link = resolved.links().entrySet().iterator().next();
    throw new CannotCompileException(
        "`%s` leads through the symlink `%s` to `%s`"
            .formatted(path, link.getKey(), link.getValue()),
        "say the real path, which is `" + real(path, resolved) + "`");
  }

  /** A path that is missing was resolved up to where it ends. */
  private String real(String path, ResolvedPath resolved) {
    if (resolved.kind() != Kind.ABSENT) {
      return resolved.path();
    }
    int slash = path.lastIndexOf('/');
    if (slash <= 0) {
      return path;
    }
    String parent = path.substring(0, slash);
    return real(parent, ResolvedPath.of(parent, inside)) + path.substring(slash);
  }

  private CannotCompileException missing(String path) {
    String around = layout.above(path).map(Map.Entry::getKey).orElse(ROOT);
    return new CannotCompileException(
        "`%s` does not exist in `%s`, which is not the sandbox's own, and nothing is made there"
            .formatted(path, around),
        "choose a path that exists, or one that is not in it; or put a tmpfs or an overlay around it");
  }

  private static void refuseKinds(String path, Place place, Kind there) {
    if (place instanceof Symlink) {
      throw new CannotCompileException(
          "`" + path + "` exists, and a symlink can only be put where nothing is",
          "choose another path");
    }
    boolean file = place instanceof Made || (place instanceof Bind bind && bind.isFile());
    boolean unknown = place instanceof Directory;
    if (!unknown && file != (there == Kind.FILE)) {
      throw new CannotCompileException(
          "%s is put at `%s`, where %s is"
              .formatted(file ? "a file" : "a directory", path, file ? "a directory" : "a file"),
          "a directory can only cover a directory, and a file only a file");
    }
  }
}
