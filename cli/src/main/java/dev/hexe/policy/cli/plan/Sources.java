package dev.hexe.policy.cli.plan;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.cli.plugin.Plugins;
import dev.hexe.policy.engine.system.FileDependency;
import dev.hexe.policy.profiles.site.SiteRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes a plan depend on the files its profile came from, those included that were not there. Of a
 * symlink both it and what it leads to count; of a directory, which one it is.
 */
public final class Sources {
  /** As many symlinks in a row as the kernel follows. */
  private static final int MOST_LINKS = 40;

  private final Map<Path, Action> dependencies = new LinkedHashMap<>();

  private Sources() {}

  /** The plan, out of date as soon as one of {@code files} changes, appears or vanishes. */
  public static Plan addTo(Plan plan, List<Path> files) {
    return addTo(plan, files, List.of());
  }

  /** The same, out of date also where one of {@code paths} leads elsewhere. */
  static Plan addTo(Plan plan, List<Path> files, List<Path> paths) {
    Sources sources = new Sources();
    files.forEach(file -> sources.follow(file, isListed(file), MOST_LINKS));
    paths.forEach(path -> sources.walk(path, MOST_LINKS));
    return Plan.inPhases(
        Stream.concat(sources.dependencies.values().stream(), plan.actions().stream()));
  }

  /** Of most directories only counts which they are; of some also what is in them. */
  private static boolean isListed(Path file) {
    return file.equals(SiteRules.DIRECTORY) || Plugins.current().consulted().contains(file);
  }

  /** Each directory on the way, and each symlink with what it leads to. */
  private void walk(Path path, int links) {
    Path parent = path.getParent();
    if (parent == null || links == 0) {
      return;
    }
    walk(parent, links);
    dependencies.computeIfAbsent(path, FileDependency::onIdentity);
    try {
      if (Files.isSymbolicLink(path)) {
        walk(path.resolveSibling(Files.readSymbolicLink(path)).normalize(), links - 1);
      }
    } catch (IOException e) {
      return; // as below
    }
  }

  private void follow(Path file, boolean listed, int links) {
    if (links == 0 || (dependencies.containsKey(file) && !listed)) {
      return;
    }
    boolean comesAndGoes = !listed && Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    dependencies.put(
        file, comesAndGoes ? FileDependency.onIdentity(file) : FileDependency.on(file));
    try {
      if (Files.isSymbolicLink(file)) {
        follow(file.resolveSibling(Files.readSymbolicLink(file)), listed, links - 1);
      }
    } catch (IOException e) {
      // It was replaced a moment ago: then it is not what it was, which the launcher will see.
      return;
    }
  }
}
