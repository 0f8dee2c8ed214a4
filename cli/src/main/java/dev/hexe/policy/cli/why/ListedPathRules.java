package dev.hexe.policy.cli.why;

import dev.hexe.policy.api.decision.Effect;
import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.decision.PathGrant.Access;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.cli.explain.EffectivePolicy;
import dev.hexe.policy.engine.system.FollowedLink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides over a path by the nearest one that is listed, or by what holds for all the others. */
final class ListedPathRules {
  private final EffectivePolicy policy;
  private final Statements statements;
  private final Answers answers;
  private final List<Listed> all = new ArrayList<>();

  /** A path that is reached: where it lies without symlinks, and as it was listed. */
  record Listed(String place, PathGrant grant) {
    /** Whether it lies deeper than another path above the same one. */
    boolean isNearerThan(String other) {
      return place.length() > other.length();
    }
  }

  ListedPathRules(EffectivePolicy policy, Statements statements, Answers answers) {
    this.policy = policy;
    this.statements = statements;
    this.answers = answers;
    policy.grants().forEach(this::add);
  }

  private void add(PathGrant grant) {
    String path = policy.absolute(grant.path());
    boolean root = grant.made() && path.equals("/") && grant.access() != Access.LIST;
    if (path.startsWith("/") && !root) {
      all.add(new Listed(grant.made() ? path : answers.resolved(path), grant));
    }
  }

  /** Whether a list says that a directory can be listed; under Landlock alone with all below it. */
  boolean isListed(String place) {
    boolean below = addsUp();
    return all.stream()
        .filter(it -> it.grant().access() == Access.LIST)
        .anyMatch(it -> below ? PathRule.isIn(place, it.place()) : place.equals(it.place()));
  }

  private boolean addsUp() {
    return policy.decisions().has(Guarantee.FILES, Effect.RIGHTS_OF_TREES)
        && policy.strength(Guarantee.FILES) != Strength.FULL;
  }

  /** Of those above a path the nearest one; under Landlock alone rights add up. */
  Optional<Listed> nearest(String place, Operation operation) {
    Comparator<Listed> order =
        Comparator.comparingInt((Listed it) -> it.place().length())
            .thenComparing(it -> it.grant().access());
    Stream<Listed> above =
        all.stream()
            .filter(it -> PathRule.isIn(place, it.place()))
            .filter(it -> it.grant().access() != Access.LIST);
    List<Listed> nearestFirst = above.sorted(order.reversed()).toList();
    return addsUp()
        ? nearestFirst.stream()
            .filter(it -> operation.isAllowedBy(it.grant().access()))
            .findFirst()
            .or(() -> nearestFirst.stream().findFirst())
        : nearestFirst.stream().findFirst();
  }

  /** Tells that a listed tree of the host's is nearer above it than one of the sandbox's own. */
  boolean isInTreeOfHost(String path) {
    int made =
        longest(policy.profile().files().fixtures().all().stream().map(MountEntry::path), path);
    int host = longest(all.stream().filter(it -> !it.grant().made()).map(Listed::place), path);
    return host > made;
  }

  private int longest(Stream<String> trees, String path) {
    return trees
        .map(policy::absolute)
        .filter(tree -> PathRule.isBelow(path, tree))
        .mapToInt(String::length)
        .max()
        .orElse(0);
  }

  Answer answer(Listed nearest, String place, Operation operation) {
    Access access = nearest.grant().access();
    Optional<Statement> statement = statements.listing(nearest.grant().path());
    String how =
        PathRule.withTilde(nearest.place(), policy.profile().home())
            + " is listed to be "
            + verb(access);
    String reason = statement.isPresent() ? how : system(nearest).orElse(how);
    if (operation.isAllowedBy(access)) {
      return answers.allowed(operation, place, statement, reason);
    }
    Guarantee guarantee =
        operation == Operation.WRITE && policy.holds(Guarantee.READ_ONLY)
            ? Guarantee.READ_ONLY
            : Guarantee.FILES;
    return answers.forbidden(
        operation, place, guarantee, statement, reason, answers.fix(operation, place));
  }

  private Optional<String> system(Listed nearest) {
    return policy.system().links().stream()
        .filter(link -> PathRule.isIn(nearest.place(), link.target()))
        .findFirst()
        .map(ListedPathRules::followed);
  }

  private static String followed(FollowedLink link) {
    return link.path() + " leads there, which can be read because " + link.reason();
  }

  private static String verb(Access access) {
    return access == Access.WRITE || access == Access.WRITE_DATA || access == Access.USE
        ? "written"
        : "read";
  }

  Answer unlisted(String place, Operation operation) {
    Unlisted unlisted = policy.profile().files().unlisted();
    Optional<Statement> statement = statements.of("files.unlisted");
    if (unlisted == Unlisted.ALLOWED || !policy.holds(Guarantee.FILES)) {
      return answers.allowed(
          operation, place, statement, "no list covers it, so it is as on the host");
    }
    String absent =
        policy.strength(Guarantee.FILES) == Strength.FULL && unlisted == Unlisted.ABSENT
            ? "no list covers it, so it does not exist inside"
            : "no list covers it, so it cannot be opened";
    return answers.forbidden(
        operation, place, Guarantee.FILES, statement, absent, answers.fix(operation, place));
  }
}
