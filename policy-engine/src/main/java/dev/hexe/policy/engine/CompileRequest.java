package dev.hexe.policy.engine;

import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.profile.Profile;

/**
 * What to compile.
 *
 * @param profile what must hold
 * @param caller for whom
 * @param facts on which host
 */
public record CompileRequest(Profile profile, Caller caller, HostFacts facts) {}
