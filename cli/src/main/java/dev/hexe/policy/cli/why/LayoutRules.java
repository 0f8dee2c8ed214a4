package dev.hexe.policy.cli.why;

import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.cli.explain.EffectivePolicy;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides over paths in what a profile puts somewhere: binds, empty directories, caches, files. */
final class LayoutRules {
  /** Two paths that need no escapes. */
  private static final Predicate<String> BOUND =
      Pattern.compile("[A-Za-z0-9_./@+=-]+:[A-Za-z0-9_./@+=-]+").asMatchPredicate();

  private final EffectivePolicy policy;
  private final Statements statements;
  private final Answers answers;

  LayoutRules(EffectivePolicy policy, Statements statements, Answers answers) {
    this.policy = policy;
    this.statements = statements;
    this.answers = answers;
  }

  /** The nearest one that a path lies in, unless a listed tree is nearer. */
  Optional<MountEntry> above(String place, Optional<ListedPathRules.Listed> nearest) {
    if (policy.strength(Guarantee.LAYOUT) != Strength.FULL) {
      return Optional.empty();
    }
    return policy.profile().files().fixtures().all().stream()
        .filter(it -> PathRule.isIn(place, policy.absolute(it.path())))
        .filter(
            it -> nearest.filter(near -> near.isNearerThan(policy.absolute(it.path()))).isEmpty())
        .max(Comparator.comparingInt(it -> it.path().length()));
  }

  /**
   * Over a path in it.
   *
   * @param inTreeOfHost whether a listed tree of the host's holds it, which shows what the host has
   */
  Answer answer(MountEntry fixture, boolean inTreeOfHost, String place, Operation operation) {
    return inTreeOfHost && isMissing(fixture)
        ? ofMissing(fixture, place, operation)
        : ofPresent(fixture, place, operation);
  }

  /** Whether it is a cache for those who have it, and the host has none. */
  private boolean isMissing(MountEntry fixture) {
    return fixture instanceof MountEntry.Cache cache
        && cache.contents() == MountEntry.Cache.Contents.SHARED_IF_PRESENT
        && !answers.isThere(policy.absolute(cache.path()));
  }

  private Answer ofMissing(MountEntry fixture, String place, Operation operation) {
    String path = policy.absolute(fixture.path());
    String at = PathRule.withTilde(path, policy.profile().home());
    String makes = "mkdir -p " + Paths.forShell(path, policy.profile().home());
    return answers.forbidden(
        operation,
        place,
        Guarantee.LAYOUT,
        statements.layout(fixture.path()),
        at
            + " is a cache of the profile's where the host has one, and this host has none: make it once outside; it is found at the next start",
        new Fix("(outside: " + makes + ")", ""));
  }

  private Answer ofPresent(MountEntry fixture, String place, Operation operation) {
    String path = policy.absolute(fixture.path());
    String at = PathRule.withTilde(path, policy.profile().home());
    if (fixture instanceof MountEntry.Tmpfs && coversHosts(path, place)) {
      boolean home = path.equals(policy.profile().home());
      return answers.forbidden(
          operation,
          place,
          Guarantee.LAYOUT,
          home ? statements.of("files.home") : statements.layout(fixture.path()),
          at + " is an empty directory of the sandbox's own, and this is not listed",
          answers.fix(operation, place));
    }
    Optional<Statement> statement = statements.layout(fixture.path());
    return fixture instanceof MountEntry.Bind bind
            && !bind.writable()
            && operation == Operation.WRITE
        ? answers.forbidden(
            operation,
            place,
            Guarantee.LAYOUT,
            statement,
            at + " is put there to be read",
            writable(bind))
        : answers.allowed(operation, place, statement, at + " is what the profile puts there");
  }

  /** The same tree at the same place, in the list of those that can be written. */
  private @Nullable Fix writable(MountEntry.Bind bind) {
    List<String> others =
        policy.profile().files().fixtures().all().stream()
            .filter(
                it ->
                    it instanceof MountEntry.Bind other && !other.writable() && !other.equals(bind))
            .map(it -> bound((MountEntry.Bind) it))
            .toList();
    boolean plain = Stream.concat(others.stream(), Stream.of(bound(bind))).allMatch(BOUND);
    return plain
        ? new Fix(
            "",
            "files: {bind: [\"%s\"], bind-read-only: {only: [%s]}}"
                .formatted(
                    bound(bind),
                    others.stream().map(it -> '"' + it + '"').collect(Collectors.joining(", "))))
        : null;
  }

  private static String bound(MountEntry.Bind bind) {
    return bind.source() + ":" + bind.path();
  }

  /** Whether the host has there what the path leads through, or to. */
  private boolean coversHosts(String tree, String place) {
    if (place.equals(tree)) {
      return false;
    }
    int end = place.indexOf('/', tree.length() + 1);
    return answers.isThere(end < 0 ? place : place.substring(0, end));
  }
}
