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
    Sources sources = new Sources();
    files.forEach(file -> sources.follow(file, MOST_LINKS));
    return Plan.inPhases(
        Stream.concat(sources.dependencies.values().stream(), plan.actions().stream()));
  }

  /** Of most directories only counts which they are; of some also what is in them. */
  private static boolean comesAndGoes(Path file) {
    return Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
        && !file.equals(SiteRules.DIRECTORY)
        && !Plugins.current().consulted().contains(file);
  }

  private void follow(Path file, int links) {
    if (links == 0 || dependencies.containsKey(file)) {
      return;
    }
    dependencies.put(
        file, comesAndGoes(file) ? FileDependency.onIdentity(file) : FileDependency.on(file));
    try {
      if (Files.isSymbolicLink(file)) {
        follow(file.resolveSibling(Files.readSymbolicLink(file)), links - 1);
      }
    } catch (IOException e) {
      // It was replaced a moment ago: then it is not what it was, which the launcher will see.
      return;
    }
  }
}
