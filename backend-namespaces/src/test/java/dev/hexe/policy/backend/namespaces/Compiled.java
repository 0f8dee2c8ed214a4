package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.host.HostTree;
import dev.hexe.policy.api.host.Probe;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.api.spi.Compilation;
import dev.hexe.policy.api.spi.Contribution;
import dev.hexe.policy.api.testing.Choices;
import dev.hexe.policy.backend.namespaces.host.NamespaceFacts;
import java.util.ArrayList;
import java.util.List;

/** The contributions of this backend on a host that has everything. */
final class Compiled {
  private Compiled() {}

  /** Where another backend keeps the guarantees of {@code others} in full. */
  static Contribution on(HostTree tree, Caller caller, Profile profile, Guarantee... others) {
    // As the probes answer where the root can be detached: with no number.
    HostFacts facts =
        new HostFacts(
            NamespaceFacts.probes(caller).stream()
                .map(Probe::fact)
                .map(name -> Fact.present(name, 0, "tried"))
                .toList());
    List<Mechanism> mechanisms = new ArrayList<>(NamespaceMechanisms.all());
    for (Guarantee other : others) {
      mechanisms.add(Mechanism.named("other", other, Strength.FULL).rule("other").build());
    }
    Decisions decisions = Choices.of(mechanisms, profile, facts);
    NamespacesBackend backend = new NamespacesBackend();
    return backend.compile(
        new Compilation(
            profile, caller, facts, decisions, backend.grants(profile, decisions), tree));
  }
}
