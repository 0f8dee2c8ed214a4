package dev.hexe.policy.profiles;

import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Provenance;

/**
 * A profile with all that counts over it.
 *
 * @param profile what must hold
 * @param provenance where each part of it was said, and what was said in vain
 * @param known what rules of a site know it as
 */
public record ResolvedProfile(Profile profile, Provenance provenance, KnownProfile known) {}
