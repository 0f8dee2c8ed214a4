package dev.hexe.policy.api.profile;

import java.util.List;

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
    return protect.stream()
        .filter(guard -> !lists(files.write(), guard) && !isLaidOut(files, guard))
        .toList();
  }

  /** Those to hide: who lists a path itself means it to be seen. */
  List<ProtectedPath> hiddenFrom(FileAccess files) {
    return hide.stream()
        .filter(guard -> !lists(files.write(), guard) && !lists(files.read(), guard))
        .filter(guard -> !isLaidOut(files, guard))
        .toList();
  }

  /** Something of the profile's own is there. */
  private static boolean isLaidOut(FileAccess files, ProtectedPath guard) {
    return files.fixtures().all().stream().anyMatch(fixture -> fixture.path().equals(guard.path()));
  }

  private static boolean lists(List<PathRule> rules, ProtectedPath guard) {
    return rules.stream().anyMatch(rule -> rule.path().equals(guard.path()));
  }
}
