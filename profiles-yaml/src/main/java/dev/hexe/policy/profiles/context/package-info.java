/** The surroundings that profiles are resolved in: the user, the project, the host. */
@NullMarked
package dev.hexe.policy.profiles.context;

import org.jspecify.annotations.NullMarked;
