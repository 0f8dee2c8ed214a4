package dev.hexe.policy.engine;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.engine.site.SiteOutcome;
import dev.hexe.policy.engine.system.SystemTargets;
import java.util.List;
import java.util.Optional;

/**
 * The result of compiling a profile for a host.
 *
 * @param profile what must hold, with what its system files lead to
 * @param system where the symlinks of the system lead
 * @param decisions one for each guarantee
 * @param grants the paths the command reaches
 * @param warnings a line for each preferred guarantee that falls short, and for each symlink of the
 *     system that leads to what is not granted
 * @param site what the rules of the site have done
 * @param plan what the launcher executes; empty where a decision or a rule of the site refuses
 */
public record CompiledPolicy(
    Profile profile,
    SystemTargets system,
    Decisions decisions,
    List<PathGrant> grants,
    List<String> warnings,
    SiteOutcome site,
    Optional<Plan> plan) {
  /** Copies the lists. */
  public CompiledPolicy {
    grants = List.copyOf(grants);
    warnings = List.copyOf(warnings);
  }
}
