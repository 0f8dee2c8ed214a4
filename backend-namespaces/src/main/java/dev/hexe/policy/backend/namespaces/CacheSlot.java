package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Layouts;
import dev.hexe.policy.api.profile.MountEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The place that a run takes for its caches, with a directory for each. */
final class CacheSlot {
  private CacheSlot() {}

  /** Empty where there are no caches. */
  static Optional<Action> action(List<MountEntry.Cache> caches) {
    return caches.stream()
        .findFirst()
        .map(
            first ->
                Layouts.cacheSlot(first.store(), first.project(), names(caches), first.fresh()));
  }

  private static List<String> names(List<MountEntry.Cache> caches) {
    Set<String> names = new LinkedHashSet<>();
    caches.forEach(cache -> names.add(cache.name()));
    for (MountEntry.Cache outer : caches) {
      caches.stream()
          .filter(inner -> inner.path().startsWith(outer.path() + "/"))
          .forEach(inner -> names.addAll(mountPoint(outer, inner)));
    }
    return List.copyOf(names);
  }

  /** A cache in another one is mounted on a directory in there. */
  private static List<String> mountPoint(MountEntry.Cache outer, MountEntry.Cache inner) {
    List<String> directories = new ArrayList<>();
    String path = outer.name() + "/upper";
    for (Path name : Path.of(inner.path().substring(outer.path().length() + 1))) {
      path = path + "/" + name;
      directories.add(path);
    }
    return directories;
  }
}
