/** What a condition of a profile can ask of the host. */
@NullMarked
package dev.hexe.policy.profiles.host;

import org.jspecify.annotations.NullMarked;
