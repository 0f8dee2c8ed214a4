package dev.hexe.policy.api.decision;

import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Strength;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The enforcement of one guarantee on one host.
 *
 * @param guarantee what is promised
 * @param demand how firmly the profile wants it
 * @param chosen the mechanism, or empty where there is none
 * @param reinforcements mechanisms applied underneath the chosen one
 * @param rejections the stronger or preferred ones, and why not
 */
public record Decision(
    Guarantee guarantee,
    Demand demand,
    Optional<Mechanism> chosen,
    List<Mechanism> reinforcements,
    List<Rejection> rejections) {
  /** Copies the lists. */
  public Decision {
    reinforcements = List.copyOf(reinforcements);
    rejections = List.copyOf(rejections);
  }

  /** What is achieved. */
  public Strength strength() {
    return chosen.map(Mechanism::strength).orElse(Strength.NONE);
  }

  /** Whether what is achieved is what was demanded. */
  public boolean satisfied() {
    return strength().reaches(demand.atLeast());
  }

  /** Whether this decision alone is a reason to refuse. */
  public boolean refuses() {
    return demand.required() && !satisfied();
  }

  /** Whether {@code mechanism} takes part, as the choice or as a reinforcement. */
  public boolean uses(String mechanism) {
    return mechanisms().anyMatch(used -> used.id().equals(mechanism));
  }

  /** Whether a mechanism that takes part has an effect wherever it is chosen. */
  public boolean has(Effect effect) {
    return mechanisms().anyMatch(used -> used.has(effect));
  }

  /** Whether a mechanism that takes part has an effect on a host with these facts. */
  public boolean has(Effect effect, HostFacts facts) {
    return mechanisms().anyMatch(used -> used.has(effect, facts));
  }

  private Stream<Mechanism> mechanisms() {
    return Stream.concat(chosen.stream(), reinforcements.stream());
  }
}
