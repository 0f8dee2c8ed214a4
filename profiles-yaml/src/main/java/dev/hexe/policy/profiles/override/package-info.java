/** What the command line and the environment put over a profile, and which of two wishes holds. */
@NullMarked
package dev.hexe.policy.profiles.override;

import org.jspecify.annotations.NullMarked;
