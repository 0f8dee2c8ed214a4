package dev.hexe.policy.engine;

import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The state that the rules look at and write to: a profile, a host, and the choices so far. */
final class Situation {
  private final Profile profile;
  private final HostFacts facts;
  private final Map<Guarantee, Mechanism> chosen = new TreeMap<>();
  private final Map<Guarantee, List<Mechanism>> reinforcements = new TreeMap<>();

  Situation(Profile profile, HostFacts facts) {
    this.profile = profile;
    this.facts = facts;
  }

  boolean canHave(Mechanism mechanism) {
    return mechanism.suits(profile) && mechanism.lack(profile, facts).isEmpty();
  }

  boolean undecided(Guarantee guarantee) {
    return !chosen.containsKey(guarantee);
  }

  void choose(Mechanism mechanism) {
    chosen.put(mechanism.guarantee(), mechanism);
  }

  /** Whether something else enforces the guarantee, and {@code mechanism} is not part of it yet. */
  boolean canReinforce(Mechanism mechanism) {
    return choice(mechanism.guarantee())
            .filter(choice -> !choice.id().equals(mechanism.id()))
            .isPresent()
        && reinforcements(mechanism.guarantee()).stream()
            .noneMatch(extra -> extra.id().equals(mechanism.id()));
  }

  void reinforce(Mechanism mechanism) {
    reinforcements
        .computeIfAbsent(mechanism.guarantee(), guarantee -> new ArrayList<>())
        .add(mechanism);
  }

  Optional<Mechanism> choice(Guarantee guarantee) {
    return Optional.ofNullable(chosen.get(guarantee));
  }

  List<Mechanism> reinforcements(Guarantee guarantee) {
    return reinforcements.getOrDefault(guarantee, List.of());
  }
}
