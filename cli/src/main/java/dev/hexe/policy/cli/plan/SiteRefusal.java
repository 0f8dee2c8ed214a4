package dev.hexe.policy.cli.plan;

import dev.hexe.policy.api.rule.SiteRule;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.engine.site.SiteOutcome;
import java.util.stream.Collectors;

/** Says that a rule of the site lets nothing run. */
public final class SiteRefusal {
  private SiteRefusal() {}

  /**
   * Refuses where a rule does.
   *
   * @throws CommandException with each rule and its place
   */
  public static void of(SiteOutcome site) {
    if (!site.refusals().isEmpty()) {
      throw new CommandException(
          site.refusals().stream()
              .map(why -> "forbidden by this site: " + why)
              .collect(Collectors.joining("\n")),
          "`hexe-policy rules` lists the rules of this site");
    }
  }

  /**
   * Refuses where a rule could not be asked, because nobody has said what runs.
   *
   * @throws CommandException with the first such rule
   */
  static void ofUnknownCommand(SiteOutcome site) {
    for (SiteRule rule : site.undecided()) {
      throw new CommandException(
          rule.told() + " depends on the command, and there is none", "name it behind `--`");
    }
  }

  /**
   * Refuses where a rule depends on the command, for a plan that runs any.
   *
   * @throws CommandException with the first such rule
   */
  static void ofAnyCommand(SiteOutcome site) {
    for (SiteRule rule : site.undecided()) {
      throw new CommandException(
          "a plan in a file runs any command, and " + rule.told() + " depends on the command",
          "use `apply`");
    }
  }
}
