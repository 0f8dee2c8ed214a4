package dev.hexe.policy.exposure;

import dev.hexe.policy.exposure.Exposures.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks for everything that a sandbox leaves open. */
public final class Examination {
  private Examination() {}

  /** What follows from the decisions alone. */
  public static Exposures of(Subject subject) {
    return new Exposures(found(subject, Optional.empty()), Scope.DECISIONS);
  }

  /** What follows from the decisions and what is on this host. */
  public static Exposures of(Subject subject, LiveContext here) {
    return new Exposures(
        found(subject, Optional.of(here)), Scope.HOST, writableHome(subject, here));
  }

  private static Optional<String> writableHome(Subject subject, LiveContext here) {
    return Optional.of(here.home()).filter(home -> new EffectiveAccess(subject, here).writes(home));
  }

  private static List<Exposure> found(Subject subject, Optional<LiveContext> here) {
    Optional<EffectiveAccess> reach = here.map(it -> new EffectiveAccess(subject, it));
    List<Exposure> found = new ArrayList<>();
    new SharedFinder(subject, here, reach).find().forEach(found::add);
    new ProcessFinder(subject, here, reach).find().forEach(found::add);
    new PrivilegeFinder(subject, here, reach).find().forEach(found::add);
    new NetworkFinder(subject, here).find().forEach(found::add);
    AddedFinder.find(subject).forEach(found::add);
    if (here.isPresent() && reach.isPresent()) {
      new FileFinder(here.get(), reach.get()).find().forEach(found::add);
      new SocketFinder(here.get(), reach.get(), subject.caller().uid()).find().forEach(found::add);
      SecretNames.find(here.get(), subject.profile().environment()).forEach(found::add);
    }
    return found;
  }
}
