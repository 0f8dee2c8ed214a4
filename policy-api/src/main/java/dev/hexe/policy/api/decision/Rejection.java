package dev.hexe.policy.api.decision;

import dev.hexe.policy.api.host.MissingFeature;

/**
 * A mechanism that would have been preferred, and why it was not to be had.
 *
 * @param mechanism the one passed over
 * @param lack what the host lacks for it
 */
public record Rejection(Mechanism mechanism, MissingFeature lack) {}
