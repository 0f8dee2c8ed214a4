package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.host.HostTree;
import dev.hexe.policy.api.host.HostTree.Kind;
import dev.hexe.policy.api.host.ResolvedPath;
import dev.hexe.policy.api.plan.MountAttribute;
import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.problem.MissingPath;
import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.backend.namespaces.Place.Bind;
import java.util.EnumSet;
import java.util.Set;

/** Puts the paths that a profile lists into a layout. */
final class ListedPaths {
  private final HostTree tree;
  private final Layout layout;

  public ListedPaths(HostTree tree, Layout layout) {
    this.tree = tree;
    this.layout = layout;
  }

  /** Trees to read, to write, and directories whose entries may be listed. */
  void putAll(FileAccess files) {
    files.read().forEach(rule -> put(rule, true));
    files.write().forEach(rule -> put(rule, false));
    files.list().forEach(this::putDirectory);
  }

  /** Trees to read alone but for the writable ones in them; all else stays as it is on the host. */
  void putReadOnly(FileAccess files) {
    files.read().forEach(rule -> put(rule, true));
    files.write().forEach(this::putWritable);
  }

  /** A tree to write, which stays so within one that is read-only. */
  void putWritable(PathRule rule) {
    if (rule.path().equals(PathRule.CWD)) {
      layout.put(
          PathRule.CWD,
          new Bind(PathRule.CWD, attributes("", false), false, false, Bind.Purpose.WITHIN));
    } else {
      put(rule, false);
    }
  }

  private void put(PathRule rule, boolean readOnly) {
    if (rule.path().equals(PathRule.CWD)) {
      layout.put(PathRule.CWD, new Bind(PathRule.CWD, attributes("", readOnly), false, false));
      return;
    }
    ResolvedPath resolved = ResolvedPath.of(rule.path(), tree);
    if (resolved.path().equals("/")) {
      throw new CannotCompileException(
          "`" + rule.path() + "` is the whole file system, which cannot be listed",
          "list what is needed, or say `unlisted: allowed`");
    }
    if (resolved.kind() != Kind.ABSENT) {
      resolved.links().forEach((link, target) -> layout.put(link, new Place.Symlink(target)));
      layout.put(resolved.path(), bind(resolved, readOnly, rule.optional()));
    } else if (!rule.optional()) {
      throw missing(rule, readOnly);
    }
  }

  private void putDirectory(PathRule rule) {
    if (!rule.path().equals("/") && !rule.path().equals(PathRule.CWD)) {
      layout.put(rule.path(), new Place.Directory());
    }
  }

  private static Bind bind(ResolvedPath resolved, boolean readOnly, boolean optional) {
    return new Bind(
        resolved.path(),
        attributes(resolved.path(), readOnly),
        resolved.kind() == Kind.FILE,
        optional);
  }

  /** Devices work below /dev only, and there because the profile lists them. */
  private static Set<MountAttribute> attributes(String path, boolean readOnly) {
    EnumSet<MountAttribute> attributes = EnumSet.of(MountAttribute.NOSUID);
    if (!path.equals("/dev") && !path.startsWith("/dev/")) {
      attributes.add(MountAttribute.NODEV);
    }
    if (readOnly) {
      attributes.add(MountAttribute.RDONLY);
    }
    return attributes;
  }

  private static CannotCompileException missing(PathRule rule, boolean readOnly) {
    return new CannotCompileException(
        MissingPath.message(rule.path()),
        MissingPath.help(rule.path(), readOnly ? "read-if-present" : "write-if-present"));
  }
}
