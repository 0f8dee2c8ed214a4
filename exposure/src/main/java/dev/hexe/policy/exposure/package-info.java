/**
 * Exposures, which a sandbox leaves open: found from the profile, the decisions and the host's
 * files, and weighed. Nothing here is tried; {@code docs/exposures.md} says why each weight is what
 * it is.
 */
@NullMarked
package dev.hexe.policy.exposure;

import org.jspecify.annotations.NullMarked;
