package dev.hexe.policy.engine.site;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.PlanNotes;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.rule.RuleEffect;
import dev.hexe.policy.api.rule.SiteRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The outcome of a site's rules.
 *
 * @param profile as they leave it
 * @param acted those whose condition holds, in order
 * @param undecided those that ask for the command, where it is not known
 * @param refusals why nothing runs, each with its rule
 * @param warnings what the user is told, each with its rule
 * @param first the mechanisms that come first
 * @param usedCommand whether it would be another outcome for another command
 * @param usedCaller whether it would be another outcome for another caller
 * @param usedDirectory whether it would be another outcome in another working directory
 */
public record SiteOutcome(
    Profile profile,
    List<SiteRule> acted,
    List<SiteRule> undecided,
    List<String> refusals,
    List<String> warnings,
    Map<Guarantee, String> first,
    boolean usedCommand,
    boolean usedCaller,
    boolean usedDirectory) {
  /** Copies the collections. */
  public SiteOutcome {
    acted = List.copyOf(acted);
    undecided = List.copyOf(undecided);
    refusals = List.copyOf(refusals);
    warnings = List.copyOf(warnings);
    first = Map.copyOf(first);
  }

  /** What no rule has touched. */
  public static SiteOutcome untouched(Profile profile) {
    return new SiteOutcome(
        profile, List.of(), List.of(), List.of(), List.of(), Map.of(), false, false, false);
  }

  /** The first rule that has required a guarantee, or has capped what it limits. */
  public Optional<SiteRule> requiring(Guarantee guarantee) {
    return acted.stream()
        .filter(rule -> rule.effects().stream().anyMatch(effect -> effect.requires(guarantee)))
        .findFirst();
  }

  /** The rule whose choice of a mechanism counts for a guarantee. */
  public Optional<SiteRule> choosing(Guarantee guarantee) {
    return acted.stream()
        .filter(
            rule ->
                rule.effects().stream()
                    .anyMatch(
                        effect ->
                            effect instanceof RuleEffect.Choose choose
                                && choose.guarantee().equals(guarantee)))
        .findFirst();
  }

  public List<Action> notes() {
    return acted.stream()
        .map(rule -> PlanNotes.note("rule", rule.name() + " (" + rule.origin().text() + ")"))
        .toList();
  }
}
