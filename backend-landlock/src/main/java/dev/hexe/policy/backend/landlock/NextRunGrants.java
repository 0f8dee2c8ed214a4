package dev.hexe.policy.backend.landlock;

import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.profile.NextRun;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Takes from grants what would hand over what decides the next run. A list counts over everything
 * else, but not over that.
 */
final class NextRunGrants {
  private final UnaryOperator<String> real;
  private final List<String> own;
  private final List<String> closed;
  private final List<String> fixed;

  /** {@code real} says where a path leads. */
  NextRunGrants(NextRun nextRun, UnaryOperator<String> real) {
    this.real = real;
    own = nextRun.own().stream().map(real).toList();
    closed = nextRun.closed().stream().map(real).toList();
    fixed = nextRun.fixed().stream().map(real).toList();
  }

  /** The grant, with fewer rights, or none. */
  Stream<PathGrant> leave(PathGrant grant) {
    if (grant.made() || grant.path().startsWith("@")) {
      return Stream.of(grant);
    }
    String path = real.apply(grant.path());
    if (own.contains(path)) {
      return Stream.of(grant);
    }
    if (isAmong(closed, path)) {
      return Stream.empty();
    }
    return Stream.of(isAmong(fixed, path) ? grant.with(grant.access().withoutWriting()) : grant);
  }

  private static boolean isAmong(List<String> trees, String path) {
    return trees.stream().anyMatch(tree -> LandlockRuleset.isAtOrBelow(path, tree));
  }
}
