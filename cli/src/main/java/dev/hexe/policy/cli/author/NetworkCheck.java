package dev.hexe.policy.cli.author;

import dev.hexe.policy.api.network.Coverage;
import dev.hexe.policy.api.network.Destination;
import dev.hexe.policy.api.network.NetworkAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds destinations whose entry changes nothing. */
final class NetworkCheck {
  private static final String ALLOW = "network.allow";
  private static final String DENY = "network.deny";

  private final Subject subject;
  private final NetworkAccess network;
  private final List<Finding> found = new ArrayList<>();

  private NetworkCheck(Subject subject) {
    this.subject = subject;
    this.network = subject.profile().separation().network();
  }

  static List<Finding> of(Subject subject) {
    NetworkCheck check = new NetworkCheck(subject);
    if (check.network.listed()) {
      check.network.deny().forEach(check::denied);
      check.network.allow().forEach(check::allowed);
    }
    return check.found;
  }

  private void denied(Destination one) {
    if (first(network.allow(), other -> Coverage.meets(one, other)).isEmpty()) {
      String what = "has no effect: nothing that is allowed is meant by it";
      found.addAll(Entries.findings(subject, DENY, one.text(), what, "leave it out"));
    }
  }

  private void allowed(Destination one) {
    Optional<Destination> denied = first(network.deny(), other -> Coverage.covers(other, one));
    if (denied.isPresent()) {
      String by = Entries.quoted(DENY, denied.get().text());
      found.addAll(Entries.overruled(subject, ALLOW, one.text(), "reached", by));
    } else {
      first(network.allow(), other -> covers(other, one))
          .ifPresent(
              other -> found.addAll(Entries.covered(subject, ALLOW, one.text(), other.text())));
    }
  }

  /** Of two that mean the same, neither: that they are repeated is said elsewhere. */
  private static boolean covers(Destination other, Destination one) {
    return Coverage.covers(other, one) && !Coverage.covers(one, other);
  }

  private static Optional<Destination> first(List<Destination> all, Predicate<Destination> which) {
    return all.stream().filter(which).findFirst();
  }
}
