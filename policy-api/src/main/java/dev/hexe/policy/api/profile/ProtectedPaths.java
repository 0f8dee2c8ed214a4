package dev.hexe.policy.api.profile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The paths that stay out of the command's hands within what the profile lists.
 *
 * @param protect can be read where it can be read, and cannot be changed, replaced or removed
 * @param hide cannot be opened
 * @param show paths below hidden ones that can be read all the same
 * @param gitConfig whether the configuration of the git repository that the working directory is in
 *     can be changed, wherever it lies
 */
public record ProtectedPaths(
    List<ProtectedPath> protect, List<ProtectedPath> hide, List<String> show, boolean gitConfig) {
  /** Nothing is kept. */
  public static final ProtectedPaths NONE = new ProtectedPaths(List.of(), List.of(), List.of());

  /** Those of which git's configuration is none that can be changed. */
  public ProtectedPaths(List<ProtectedPath> protect, List<ProtectedPath> hide, List<String> show) {
    this(protect, hide, show, false);
  }

  /** Copies the lists. */
  public ProtectedPaths {
    protect = List.copyOf(protect);
    hide = List.copyOf(hide);
    show = List.copyOf(show);
  }

  /** Those to protect: who lists a path itself for writing means it to be written. */
  List<ProtectedPath> protectedFrom(FileAccess files) {
    Set<String> meant = new HashSet<>();
    add(files.write(), meant);
    return without(meant, files, protect);
  }

  /** Those to hide: who lists a path itself means it to be seen. */
  List<ProtectedPath> hiddenFrom(FileAccess files) {
    Set<String> meant = new HashSet<>();
    add(files.write(), meant);
    add(files.read(), meant);
    return without(meant, files, hide);
  }

  private static void add(List<PathRule> rules, Set<String> to) {
    for (PathRule rule : rules) {
      to.add(rule.path());
    }
  }

  /** Leaves out what is meant otherwise, and where something of the profile's own is. */
  private static List<ProtectedPath> without(
      Set<String> meant, FileAccess files, List<ProtectedPath> guards) {
    for (MountEntry fixture : files.fixtures().all()) {
      meant.add(fixture.path());
    }
    List<ProtectedPath> left = new ArrayList<>(guards.size());
    for (ProtectedPath guard : guards) {
      if (!meant.contains(guard.path())) {
        left.add(guard);
      }
    }
    return left;
  }
}
