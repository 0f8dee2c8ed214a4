package dev.hexe.policy.engine;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.decision.Rejection;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.engine.rules.GuardedRules;
import dev.hexe.policy.engine.rules.PolicyException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jeasy.rules.api.Facts;
import org.jeasy.rules.api.Rule;
import org.jeasy.rules.core.RuleBuilder;

/**
 * The rules: for each guarantee the strongest mechanism that the host has, and underneath it those
 * that reinforce it.
 */
public final class RuleBook {
  private static final String SITUATION = "situation";
  private static final Comparator<Mechanism> STRONGEST_FIRST =
      Comparator.comparing(Mechanism::strength)
          .reversed()
          .thenComparing(Mechanism::rank)
          .thenComparing(Mechanism::id)
          .thenComparing(Mechanism::rule);

  private final List<Mechanism> ladder;
  private final GuardedRules rules;

  /**
   * A book with one rule for each mechanism.
   *
   * @throws PolicyException where two rules have one name
   */
  public RuleBook(Collection<Mechanism> mechanisms) {
    this(mechanisms, Map.of());
  }

  /** The same where a site wants some mechanisms to come first. */
  public RuleBook(Collection<Mechanism> mechanisms, Map<Guarantee, String> first) {
    ladder =
        mechanisms.stream()
            .sorted(
                Comparator.<Mechanism, Boolean>comparing(
                        each -> !each.id().equals(first.get(each.guarantee())))
                    .thenComparing(STRONGEST_FIRST))
            .toList();
    rules = new GuardedRules(rules(ladder));
  }

  /**
   * Decides every guarantee the profile asks for.
   *
   * @throws PolicyException where a rule fails
   */
  public Decisions decide(Profile profile, HostFacts facts) {
    Situation situation = new Situation(profile, facts);
    Facts ruleFacts = new Facts();
    ruleFacts.put(SITUATION, situation);
    rules.fire(ruleFacts);
    return new Decisions(
        profile.guarantees().stream()
            .map(guarantee -> decision(guarantee, profile, facts, situation))
            .toList());
  }

  private static List<Rule> rules(List<Mechanism> ladder) {
    List<Rule> rules = new ArrayList<>();
    ladder.forEach(mechanism -> rules.add(choice(mechanism, rules.size())));
    ladder.stream()
        .filter(Mechanism::reinforces)
        .forEach(mechanism -> rules.add(reinforcement(mechanism, rules.size())));
    return rules;
  }

  private static Rule choice(Mechanism mechanism, int priority) {
    return new RuleBuilder()
        .name(mechanism.rule())
        .priority(priority)
        .when(
            facts ->
                situation(facts).undecided(mechanism.guarantee())
                    && situation(facts).canHave(mechanism))
        .then(facts -> situation(facts).choose(mechanism))
        .build();
  }

  private static Rule reinforcement(Mechanism mechanism, int priority) {
    return new RuleBuilder()
        .name(mechanism.rule() + ", underneath what was chosen")
        .priority(priority)
        .when(
            facts ->
                situation(facts).canReinforce(mechanism) && situation(facts).canHave(mechanism))
        .then(facts -> situation(facts).reinforce(mechanism))
        .build();
  }

  private static Situation situation(Facts facts) {
    return facts.get(SITUATION);
  }

  private Decision decision(
      Guarantee guarantee, Profile profile, HostFacts facts, Situation situation) {
    Optional<Mechanism> choice = situation.choice(guarantee);
    List<Rejection> rejections =
        ladder.stream()
            .filter(
                mechanism -> mechanism.guarantee().equals(guarantee) && mechanism.suits(profile))
            .takeWhile(mechanism -> choice.filter(mechanism::equals).isEmpty())
            .flatMap(
                mechanism ->
                    mechanism.lack(profile, facts).stream()
                        .map(lack -> new Rejection(mechanism, lack)))
            .toList();
    return new Decision(
        guarantee,
        profile.demand(guarantee),
        choice,
        situation.reinforcements(guarantee),
        rejections);
  }
}
