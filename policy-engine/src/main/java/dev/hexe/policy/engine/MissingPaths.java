package dev.hexe.policy.engine;

import dev.hexe.policy.api.host.HostTree;
import dev.hexe.policy.api.host.HostTree.Kind;
import dev.hexe.policy.api.host.ResolvedPath;
import dev.hexe.policy.api.problem.Misfit;
import dev.hexe.policy.api.problem.MissingHome;
import dev.hexe.policy.api.problem.MissingPath;
import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import java.util.List;
import java.util.stream.Stream;

/** Finds the paths that a profile lists, that have to be there, and that are not. */
final class MissingPaths {
  private final HostTree tree;
  private final String home;

  private MissingPaths(HostTree tree, String home) {
    this.tree = tree;
    this.home = home;
  }

  static List<Misfit> of(Profile profile, HostTree tree) {
    MissingPaths missing = new MissingPaths(tree, profile.home());
    FileAccess files = profile.files();
    boolean lists = profile.asksFor(Guarantee.FILES);
    return Stream.of(
            missing.listed("read", files.read()),
            missing.listed("write", lists ? files.write() : List.of()),
            missing.listed("list", lists ? files.list() : List.of()),
            files.fixtures().all().stream()
                .filter(MountEntry.Bind.class::isInstance)
                .map(MountEntry.Bind.class::cast)
                .flatMap(missing::source))
        .flatMap(misfits -> misfits)
        .toList();
  }

  private Stream<Misfit> listed(String list, List<PathRule> rules) {
    return rules.stream()
        .filter(rule -> !rule.optional() && isMissing(rule.path()))
        .map(rule -> misfit("files." + list, rule, rule.path(), list + "-if-present"));
  }

  private Stream<Misfit> source(MountEntry.Bind bind) {
    String list = bind.writable() ? "bind" : "bind-read-only";
    return !bind.optional() && isMissing(bind.source())
        ? Stream.of(misfit("files." + list, bind, bind.source(), list + "-if-present"))
        : Stream.empty();
  }

  private Misfit misfit(String key, Object value, String path, String optional) {
    return isInMissingHome(path)
        ? new Misfit(key, value, MissingHome.message(home), MissingHome.help())
        : new Misfit(key, value, MissingPath.message(path), MissingPath.help(path, optional));
  }

  /** Then nobody wants to make the one path, as where the caller is a user of the system's own. */
  private boolean isInMissingHome(String path) {
    return !home.isEmpty() && PathRule.isIn(path, home) && isMissing(home);
  }

  private boolean isMissing(String path) {
    return !path.startsWith("@") && ResolvedPath.of(path, tree).kind() == Kind.ABSENT;
  }
}
