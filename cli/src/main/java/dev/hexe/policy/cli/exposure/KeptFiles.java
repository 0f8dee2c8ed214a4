package dev.hexe.policy.cli.exposure;

import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Safeguard;
import dev.hexe.policy.api.profile.Strength;
import java.util.List;
import java.util.stream.Stream;

/** Files that are kept from the command within what it reaches, as far as that is held. */
final class KeptFiles {
  private final List<String> hidden;
  private final List<String> unchangeable;
  private final List<String> shown;

  KeptFiles(Subject subject, Here here) {
    hidden = paths(subject, here, Guarantee.HIDDEN, subject.profile().hiddenPaths());
    unchangeable = paths(subject, here, Guarantee.PROTECTED, subject.profile().protectedPaths());
    shown =
        Stream.of(
                subject.profile().safeguards().show().stream(),
                subject.profile().files().read().stream().map(rule -> rule.path()),
                subject.profile().files().write().stream().map(rule -> rule.path()))
            .flatMap(paths -> paths)
            .map(here::absolute)
            .toList();
  }

  // Landlock knows nothing of the working directory before the run.
  private static List<String> paths(
      Subject subject, Here here, Guarantee guarantee, List<Safeguard> guards) {
    Strength strength = subject.strength(guarantee);
    return guards.stream()
        .filter(guard -> strength != Strength.NONE)
        .filter(guard -> strength == Strength.FULL || !guard.inWorkingDirectory())
        .map(guard -> here.absolute(guard.path()))
        .toList();
  }

  /** Whether it cannot be opened. */
  boolean isHidden(String path) {
    return hidden.stream().anyMatch(tree -> covers(tree, path) && !isListedBetween(tree, path));
  }

  /** Whether it is protected, were it there. */
  boolean isProtected(String path) {
    return unchangeable.stream()
        .anyMatch(tree -> covers(tree, path) && !isListedBetween(tree, path));
  }

  /** Whether it can be neither written nor given anything new. */
  boolean isUnchangeable(String path) {
    return isProtected(path) || isHidden(path);
  }

  private boolean isListedBetween(String tree, String path) {
    return shown.stream()
        .anyMatch(listed -> !listed.equals(tree) && covers(tree, listed) && covers(listed, path));
  }

  private static boolean covers(String tree, String path) {
    return path.equals(tree) || path.startsWith(tree + "/");
  }
}
