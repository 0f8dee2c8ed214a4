package dev.hexe.policy.cli.why;

import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.cli.explain.EffectivePolicy;
import java.util.Optional;

/**
 * Decides over caches of a profile that the host does not have, in a tree of the host's: nothing is
 * made there, so they have no place.
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
    if (!(entry instanceof MountEntry.Cache) || !inTreeOfHost || answers.isThere(path)) {
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
                + " is a cache of the profile's, and this host has none: nothing is made in a directory of the host's, so make it once outside; it is found at the next start",
            new Fix("(outside: " + makes + ")", "")));
  }
}
