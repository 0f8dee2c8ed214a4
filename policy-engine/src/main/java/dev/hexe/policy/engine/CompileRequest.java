package dev.hexe.policy.engine;

import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Provenance;
import dev.hexe.policy.engine.site.SitePolicy;
import java.util.List;

/**
 * A request to compile.
 *
 * @param profile what must hold
 * @param caller for whom
 * @param facts on which host
 * @param reports what else the caller wants to be told, see {@link
 *     dev.hexe.policy.api.plan.Reports}
 * @param provenance where each part of the profile was said
 * @param site the rules of the site, and what they can ask
 */
public record CompileRequest(
    Profile profile,
    Caller caller,
    HostFacts facts,
    List<Action> reports,
    Provenance provenance,
    SitePolicy site) {
  /** Copies the list. */
  public CompileRequest {
    reports = List.copyOf(reports);
  }

  /** A request for nothing but the command. */
  public CompileRequest(Profile profile, Caller caller, HostFacts facts) {
    this(profile, caller, facts, List.of(), Provenance.NONE, SitePolicy.NONE);
  }

  /** The same for another profile. */
  CompileRequest with(Profile other) {
    return new CompileRequest(other, caller, facts, reports, provenance, site);
  }
}
