package dev.hexe.policy.api.testing;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Decisions for tests of backends, which know no rule engine: the strongest that can be had. */
public final class Choices {
  private static final Comparator<Mechanism> STRONGEST_FIRST =
      Comparator.comparing(Mechanism::strength).reversed().thenComparing(Mechanism::rank);

  private Choices() {}

  /** What is chosen among {@code mechanisms} for {@code profile} on a host with {@code facts}. */
  public static Decisions of(List<Mechanism> mechanisms, Profile profile, HostFacts facts) {
    return new Decisions(
        profile.guarantees().stream()
            .map(guarantee -> decision(guarantee, ladder(mechanisms, profile, facts), profile))
            .toList());
  }

  private static List<Mechanism> ladder(
      List<Mechanism> mechanisms, Profile profile, HostFacts facts) {
    return mechanisms.stream()
        .filter(mechanism -> mechanism.suits(profile))
        .filter(mechanism -> mechanism.lack(profile, facts).isEmpty())
        .sorted(STRONGEST_FIRST)
        .toList();
  }

  private static Decision decision(Guarantee guarantee, List<Mechanism> ladder, Profile profile) {
    List<Mechanism> usable =
        ladder.stream().filter(mechanism -> mechanism.guarantee().equals(guarantee)).toList();
    Optional<Mechanism> choice = usable.stream().findFirst();
    List<Mechanism> reinforcements =
        usable.stream()
            .skip(1)
            .filter(Mechanism::reinforces)
            .filter(extra -> choice.filter(chosen -> chosen.id().equals(extra.id())).isEmpty())
            .toList();
    return new Decision(guarantee, profile.demand(guarantee), choice, reinforcements, List.of());
  }
}
