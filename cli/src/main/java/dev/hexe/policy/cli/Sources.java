package dev.hexe.policy.cli;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Notes;
import dev.hexe.policy.api.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Makes a plan depend on the files its profile came from, those included that were not there. */
final class Sources {
  private Sources() {}

  /** The plan, out of date as soon as one of {@code files} changes, appears or vanishes. */
  static Plan addTo(Plan plan, List<Path> files) {
    Stream<Action> dependencies = files.stream().distinct().map(Sources::dependency);
    return Plan.inPhases(Stream.concat(dependencies, plan.actions().stream()));
  }

  private static Action dependency(Path file) {
    try {
      return present(file, Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime"));
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
