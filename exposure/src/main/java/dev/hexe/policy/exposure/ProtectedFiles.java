package dev.hexe.policy.exposure;

import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.ProtectedPath;
import dev.hexe.policy.api.profile.Strength;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files that are kept from the command within what it reaches, as far as that is held. */
final class ProtectedFiles {
  private final Set<String> hidden;
  private final Set<String> unchangeable;
  private final Set<String> closed;
  private final Set<String> fixed;
  private final List<String> shown;
  private final List<String> writable;

  ProtectedFiles(Subject subject, LiveContext here) {
    hidden = paths(subject, here, Guarantee.HIDDEN, subject.profile().hiddenPaths());
    unchangeable = paths(subject, here, Guarantee.PROTECTED, subject.profile().protectedPaths());
    closed = paths(subject, here, Guarantee.NEXT_RUN, subject.profile().nextRun().hiddenPaths());
    fixed = paths(subject, here, Guarantee.NEXT_RUN, subject.profile().nextRun().protectedPaths());
    FileAccess files = subject.profile().files();
    writable = files.write().stream().map(PathRule::path).map(here::absolute).toList();
    shown =
        Stream.of(
                subject.profile().safeguards().show().stream(),
                files.read().stream().map(PathRule::path),
                writable.stream())
            .flatMap(paths -> paths)
            .map(here::absolute)
            .toList();
  }

  private static Set<String> paths(
      Subject subject, LiveContext here, Guarantee guarantee, List<ProtectedPath> guards) {
    Strength strength = subject.strength(guarantee);
    return guards.stream()
        .filter(guard -> strength != Strength.NONE)
        .flatMap(guard -> guard.places(Path.of(here.cwd())).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether it cannot be opened. */
  boolean isHidden(String path) {
    return isKept(hidden, shown, path) || isKept(closed, List.of(), path);
  }

  /** Whether it is protected, were it there. */
  boolean isProtected(String path) {
    return isKept(unchangeable, writable, path);
  }

  /** Whether it can be neither written nor given anything new. */
  boolean isUnchangeable(String path) {
    return isProtected(path)
        || isKept(hidden, writable, path)
        || isKept(fixed, List.of(), path)
        || isKept(closed, List.of(), path);
  }

  /** What is hidden below a directory, whether it is there or not. */
  Stream<String> hiddenBelow(String directory) {
    return below(hidden, directory);
  }

  /** What is protected below a directory, whether it is there or not. */
  Stream<String> protectedBelow(String directory) {
    return below(unchangeable, directory);
  }

  private static Stream<String> below(Set<String> trees, String directory) {
    return trees.stream().filter(tree -> PathRule.isIn(tree, directory) && !tree.equals(directory));
  }

  /** Whether it is in one of the trees, and not in a part of that which is listed by itself. */
  private static boolean isKept(Set<String> trees, List<String> listed, String path) {
    // A path and all above it are few beside the trees.
    for (String tree = path; !tree.isEmpty(); tree = above(tree)) {
      if (trees.contains(tree) && !isInPart(path, tree, listed)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isInPart(String path, String tree, List<String> listed) {
    for (String part : listed) {
      if (!part.equals(tree) && PathRule.isIn(part, tree) && PathRule.isIn(path, part)) {
        return true;
      }
    }
    return false;
  }

  private static String above(String path) {
    int slash = path.lastIndexOf('/');
    return slash > 0 ? path.substring(0, slash) : slash == 0 && path.length() > 1 ? "/" : "";
  }
}
