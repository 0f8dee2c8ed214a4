/**
 * Overrides of a profile by the command line and the environment, and the wish that holds of two.
 */
@NullMarked
package dev.hexe.policy.profiles.override;

import org.jspecify.annotations.NullMarked;
