package dev.hexe.policy.engine;

import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.profile.Profile;
import java.util.List;

/**
 * What to compile.
 *
 * @param profile what must hold
 * @param caller for whom
 * @param facts on which host
 * @param reports what else the caller wants to be told, see {@link
 *     dev.hexe.policy.api.plan.Reports}
 */
public record CompileRequest(
    Profile profile, Caller caller, HostFacts facts, List<Action> reports) {
  /** Copies the list. */
  public CompileRequest {
    reports = List.copyOf(reports);
  }

  /** A request for nothing but the command. */
  public CompileRequest(Profile profile, Caller caller, HostFacts facts) {
    this(profile, caller, facts, List.of());
  }

  /** The same for another profile. */
  CompileRequest with(Profile other) {
    return new CompileRequest(other, caller, facts, reports);
  }
}
