package dev.hexe.policy.cli.why;

import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.cli.explain.EffectivePolicy;
import java.util.Optional;

/**
 * Decides over caches that a profile has only where the host has them, in a tree of the host's
 * which lacks them.
 */
final class MissingCaches {
  private final EffectivePolicy policy;
  private final Statements statements;
  private final Answers answers;

  MissingCaches(EffectivePolicy policy, Statements statements, Answers answers) {
    this.policy = policy;
    this.statements = statements;
    this.answers = answers;
  }

  /** Of a path in what a profile puts there; empty where it is no such cache. */
  Optional<Answer> answer(
      MountEntry entry, boolean inTreeOfHost, String place, Operation operation) {
    String path = policy.absolute(entry.path());
    if (!isForThoseWhoHaveIt(entry) || !inTreeOfHost || answers.isThere(path)) {
      return Optional.empty();
    }
    String at = PathRule.withTilde(path, policy.profile().home());
    String makes = "mkdir -p " + Paths.forShell(path, policy.profile().home());
    return Optional.of(
        answers.forbidden(
            operation,
            place,
            Guarantee.LAYOUT,
            statements.layout(entry.path()),
            at
                + " is a cache of the profile's where the host has one, and this host has none: make it once outside; it is found at the next start",
            new Fix("(outside: " + makes + ")", "")));
  }

  private static boolean isForThoseWhoHaveIt(MountEntry entry) {
    return entry instanceof MountEntry.Cache cache
        && cache.contents() == MountEntry.Cache.Contents.SHARED_IF_PRESENT;
  }
}
