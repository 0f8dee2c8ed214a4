package dev.hexe.policy.cli;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Notes;
import dev.hexe.policy.api.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Makes a plan depend on the files its profile came from, those included that were not there. Of a
 * symlink both it and what it leads to count.
 */
final class Sources {
  /** As many symlinks in a row as the kernel follows. */
  private static final int MOST_LINKS = 40;

  private final Map<Path, Action> dependencies = new LinkedHashMap<>();

  private Sources() {}

  /** The plan, out of date as soon as one of {@code files} changes, appears or vanishes. */
  static Plan addTo(Plan plan, List<Path> files) {
    Sources sources = new Sources();
    files.forEach(file -> sources.follow(file, MOST_LINKS));
    return Plan.inPhases(
        Stream.concat(sources.dependencies.values().stream(), plan.actions().stream()));
  }

  private void follow(Path file, int links) {
    if (links == 0 || dependencies.containsKey(file)) {
      return;
    }
    dependencies.put(file, dependency(file));
    try {
      if (Files.isSymbolicLink(file)) {
        follow(file.resolveSibling(Files.readSymbolicLink(file)), links - 1);
      }
    } catch (IOException e) {
      // It was replaced a moment ago: then it is not what it was, which the launcher will see.
      return;
    }
  }

  private static Action dependency(Path file) {
    try {
      return present(
          file,
          Files.readAttributes(
              file, "unix:dev,ino,size,lastModifiedTime", LinkOption.NOFOLLOW_LINKS));
    } catch (IOException e) {
      return Notes.depends(file.toString(), 0, 0, 0, 0);
    }
  }

  private static Action present(Path file, Map<String, Object> status) {
    return Notes.depends(
        file.toString(),
        number(status, "dev"),
        number(status, "ino"),
        number(status, "size"),
        ((FileTime) value(status, "lastModifiedTime")).to(TimeUnit.NANOSECONDS));
  }

  private static long number(Map<String, Object> status, String name) {
    return ((Number) value(status, name)).longValue();
  }

  private static Object value(Map<String, Object> status, String name) {
    return java.util.Objects.requireNonNull(status.get(name), name);
  }
}
