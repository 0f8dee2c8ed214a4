package dev.hexe.policy.engine;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.decision.PathGrant.Access;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.MountEntries;
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
        .map(grant -> restricted(grant, profile, decisions))
        .distinct()
        .sorted(Comparator.comparing(PathGrant::path).thenComparing(PathGrant::access))
        .toList();
  }

  private static PathGrant restricted(PathGrant grant, Profile profile, Decisions decisions) {
    MountEntries fixtures = profile.files().fixtures();
    // What stands for /tmp where none can be mounted.
    String path = grant.path().equals("@private") ? "/tmp" : grant.path();
    Access access = grant.access();
    if (isEnforced(decisions, Guarantee.LAYOUT) && profile.files().forbidsWriting(path)) {
      access = access.withoutWriting();
    }
    if (isEnforced(decisions, Guarantee.NO_EXECUTE) && fixtures.forbidsExecution(path)) {
      access = access.withoutExecution();
    }
    return grant.with(access);
  }

  private static boolean isEnforced(Decisions decisions, Guarantee guarantee) {
    return decisions.of(guarantee).filter(it -> it.chosen().isPresent()).isPresent();
  }

  private static Stream<PathGrant> granted(List<PathRule> rules, Access access) {
    return rules.stream().map(rule -> new PathGrant(rule.path(), access, rule.optional()));
  }
}
