package dev.hexe.policy.cli.explain;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Provenance;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.engine.system.SystemTargets;
import dev.hexe.policy.exposure.HostView;
import java.util.List;
import java.util.Optional;

/**
 * A profile as it is enforced here.
 *
 * @param profile what must hold
 * @param provenance where each part of it was said
 * @param decisions how each guarantee is enforced
 * @param grants what of the host's files is reached
 * @param system where the symlinks of the system lead
 * @param view the files of this host
 * @param cwd the working directory
 */
public record EffectivePolicy(
    Profile profile,
    Provenance provenance,
    Decisions decisions,
    List<PathGrant> grants,
    SystemTargets system,
    HostView view,
    String cwd) {
  /** Copies the grants. */
  public EffectivePolicy {
    grants = List.copyOf(grants);
  }

  /** Whether a guarantee is enforced at all. */
  public boolean holds(Guarantee guarantee) {
    return strength(guarantee) != Strength.NONE;
  }

  public Strength strength(Guarantee guarantee) {
    return decisions.of(guarantee).map(Decision::strength).orElse(Strength.NONE);
  }

  public Optional<Mechanism> mechanism(Guarantee guarantee) {
    return decisions.of(guarantee).flatMap(Decision::chosen);
  }

  /** A path of a profile, where the working directory is known. */
  public String absolute(String path) {
    return path.startsWith(PathRule.CWD) ? cwd + path.substring(PathRule.CWD.length()) : path;
  }
}
