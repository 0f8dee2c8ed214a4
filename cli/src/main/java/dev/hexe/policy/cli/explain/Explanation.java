package dev.hexe.policy.cli.explain;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Provenance;
import dev.hexe.policy.cli.host.Host;
import dev.hexe.policy.cli.selection.BackendSelection;
import dev.hexe.policy.engine.site.SiteOutcome;
import dev.hexe.policy.engine.system.SystemTargets;
import dev.hexe.policy.exposure.Exposures;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The fate of a profile on a host.
 *
 * @param profile what must hold
 * @param provenance where each part of it was said
 * @param host where
 * @param decisions how each guarantee is enforced there
 * @param plan what would be executed; empty where nothing would be, or for another host
 * @param live whether the host is this one
 * @param design the design that was asked for
 * @param examination finds out what remains open, which takes longer than all else
 * @param system where the symlinks of the system lead
 * @param grants what of the host's files is reached; empty for another host
 * @param outside why nothing would be started in the caller's working directory; empty where it
 *     would be
 * @param site what the rules of the site have done
 */
public record Explanation(
    Profile profile,
    Provenance provenance,
    Host host,
    Decisions decisions,
    Optional<Plan> plan,
    boolean live,
    Optional<BackendSelection> design,
    Supplier<Exposures> examination,
    SystemTargets system,
    List<PathGrant> grants,
    Optional<String> outside,
    SiteOutcome site) {
  /** One of a profile that nobody wrote, and in which no symlink of the system leads out. */
  Explanation(
      Profile profile,
      Host host,
      Decisions decisions,
      Optional<Plan> plan,
      boolean live,
      Optional<BackendSelection> design,
      Exposures exposures) {
    this(
        profile,
        Provenance.NONE,
        host,
        decisions,
        plan,
        live,
        design,
        () -> exposures,
        SystemTargets.NONE,
        List.of(),
        Optional.empty(),
        SiteOutcome.untouched(profile));
  }

  /** What remains open. */
  public Exposures exposures() {
    return examination.get();
  }
}
