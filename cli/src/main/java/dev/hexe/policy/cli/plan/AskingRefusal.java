package dev.hexe.policy.cli.plan;

import dev.hexe.policy.api.decision.Effect;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.engine.CompiledPolicy;
import dev.hexe.policy.engine.site.SitePolicy;

/**
 * The refusals of {@code on-deny: ask}: where an answer is not to count, or nobody can be asked.
 */
final class AskingRefusal {
  private AskingRefusal() {}

  /**
   * Refuses a policy that asks, if so.
   *
   * @throws CommandException with the reason
   */
  static void of(CompiledPolicy policy, SitePolicy site) {
    if (policy.profile().separation().network().asks()) {
      pastRules(site);
      withoutGateway(policy);
    }
  }

  /** A site that has rules has them for all that is reached; an answer would go past them. */
  private static void pastRules(SitePolicy site) {
    if (!site.rules().isEmpty()) {
      throw new CommandException(
          "`on-deny: ask` is not for this host: an answer would go past the rules of its site",
          "list the destinations in the profile, and say `on-deny: refuse`");
    }
  }

  /** Whoever accepts less than is written accepts that some is not enforced, not that it waits. */
  private static void withoutGateway(CompiledPolicy policy) {
    if (policy.plan().isPresent() && !policy.decisions().has(Effect.WAITS_FOR_ANSWERS)) {
      throw new CommandException(
          "`on-deny: ask` is not available here: only in a network namespace of its own does a connection wait for an answer",
          "say `on-deny: refuse`; `hexe-policy doctor` says what hinders network namespaces");
    }
  }
}
