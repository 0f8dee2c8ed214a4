package dev.hexe.policy.engine.system;

import dev.hexe.policy.api.host.HostTree;
import dev.hexe.policy.api.host.ResolvedPath;
import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.ProtectedPath;
import java.util.List;
import java.util.stream.Stream;

/** The trees that a profile grants, as it lists them and where those paths lead. */
public final class GrantedTrees {
  private final List<String> read;
  private final List<String> write;
  private final List<String> covered;
  private final List<String> hidden;

  public GrantedTrees(Profile profile, HostTree tree) {
    FileAccess files = profile.files();
    HostTree glancing = tree.glancing();
    read = trees(files.read(), glancing);
    write =
        Stream.concat(
                trees(files.write(), glancing).stream(),
                files.fixtures().writtenSources().filter(path -> !path.equals(PathRule.CWD)))
            .toList();
    covered = files.fixtures().all().stream().map(MountEntry::path).toList();
    hidden =
        profile.hiddenPaths().stream()
            .map(ProtectedPath::path)
            .filter(path -> path.startsWith("/"))
            .toList();
  }

  private static List<String> trees(List<PathRule> rules, HostTree tree) {
    return rules.stream()
        .map(PathRule::path)
        .filter(path -> !path.equals(PathRule.CWD))
        .flatMap(path -> Stream.of(path, ResolvedPath.of(path, tree).path()))
        .filter(path -> !path.equals("/"))
        .distinct()
        .toList();
  }

  public boolean listsForReading(String path) {
    return isIn(read, path);
  }

  /** Whether the profile puts something of its own there. */
  public boolean isCovered(String path) {
    return isIn(covered, path);
  }

  public boolean isHidden(String path) {
    return isIn(hidden, path);
  }

  public boolean isWritten(String path) {
    return isIn(write, path);
  }

  /** Whether a tree contains one that is written. */
  public boolean holdsWritten(String tree) {
    return write.stream().anyMatch(path -> PathRule.isIn(path, tree));
  }

  /** Whether the path can be followed, and read, as it is. */
  public boolean reaches(ResolvedPath resolved) {
    return Stream.concat(resolved.links().keySet().stream(), Stream.of(resolved.path()))
        .allMatch(path -> isIn(read, path) || isIn(write, path));
  }

  private static boolean isIn(List<String> trees, String path) {
    return trees.stream().anyMatch(tree -> PathRule.isIn(path, tree));
  }
}
