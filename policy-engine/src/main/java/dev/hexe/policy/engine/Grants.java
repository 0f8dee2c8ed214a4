package dev.hexe.policy.engine;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.decision.PathGrant.Access;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Everything the command reaches: what the profile lists, and what the chosen mechanisms make. */
final class Grants {
  private Grants() {}

  static List<PathGrant> of(Profile profile, Decisions decisions, Backends backends) {
    Stream<PathGrant> listed =
        Stream.of(
                granted(profile.files().list(), Access.LIST),
                granted(profile.files().read(), Access.READ),
                granted(profile.files().write(), Access.WRITE))
            .flatMap(grants -> grants);
    Stream<PathGrant> made =
        backends.all().stream()
            .map(backend -> Backends.ask(backend, asked -> asked.grants(profile, decisions)))
            .flatMap(List::stream);
    return Stream.concat(listed, made)
        .distinct()
        .sorted(Comparator.comparing(PathGrant::path).thenComparing(PathGrant::access))
        .toList();
  }

  private static Stream<PathGrant> granted(List<PathRule> rules, Access access) {
    return rules.stream().map(rule -> new PathGrant(rule.path(), access, rule.optional()));
  }
}
