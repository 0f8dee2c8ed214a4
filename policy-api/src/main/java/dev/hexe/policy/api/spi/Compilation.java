package dev.hexe.policy.api.spi;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.host.HostTree;
import dev.hexe.policy.api.profile.Profile;
import java.util.List;

/**
 * Everything a backend needs to turn its part of the decisions into actions.
 *
 * @param profile what must hold
 * @param caller who asks
 * @param facts what the host offers
 * @param decisions what was chosen
 * @param grants the paths the command reaches, sorted by path
 * @param tree the host's files
 */
public record Compilation(
    Profile profile,
    Caller caller,
    HostFacts facts,
    Decisions decisions,
    List<PathGrant> grants,
    HostTree tree) {
  /** Copies the grants. */
  public Compilation {
    grants = List.copyOf(grants);
  }
}
