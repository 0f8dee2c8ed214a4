package dev.hexe.policy.engine;

import dev.hexe.policy.api.host.HostTree;
import dev.hexe.policy.api.host.ResolvedPath;
import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.PathRule;
import java.util.List;
import java.util.stream.Stream;

/**
 * Refuses a listed path that leads out of a writable tree through a symlink inside it: the command
 * may have put it there in an earlier run, to be handed what it leads to in the next.
 */
final class PlantedLinks {
  private final HostTree tree;
  private final List<String> writable;

  private PlantedLinks(FileAccess files, HostTree tree) {
    this.tree = tree;
    writable =
        Stream.concat(listed(files.write()), files.fixtures().writtenSources())
            .filter(path -> !path.equals(PathRule.CWD))
            .map(path -> resolve(path).path())
            .toList();
  }

  static void refuse(FileAccess files, HostTree tree) {
    PlantedLinks planted = new PlantedLinks(files, tree);
    Stream.of(files.read(), files.write(), files.list())
        .flatMap(PlantedLinks::listed)
        .forEach(planted::refuse);
    files.fixtures().sources().filter(path -> !path.equals(PathRule.CWD)).forEach(planted::refuse);
  }

  private void refuse(String listed) {
    ResolvedPath resolved = resolve(listed);
    for (String link : resolved.links().keySet()) {
      writable.stream()
          .filter(root -> PathRule.isBelow(link, root) && !PathRule.isIn(resolved.path(), root))
          .findFirst()
          .ifPresent(root -> refuse(listed, link, resolved.path()));
    }
  }

  private static void refuse(String listed, String link, String target) {
    throw new CannotCompileException(
        "`%s` leads to `%s` through the symlink `%s`, which the command could have made itself"
            .formatted(listed, target, link),
        "list `" + target + "` itself, if that is what is meant");
  }

  private ResolvedPath resolve(String path) {
    return ResolvedPath.of(path, tree);
  }

  private static Stream<String> listed(List<PathRule> rules) {
    return rules.stream().map(PathRule::path).filter(path -> !path.equals(PathRule.CWD));
  }
}
