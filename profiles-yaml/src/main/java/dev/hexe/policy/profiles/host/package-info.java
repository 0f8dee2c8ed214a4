/** The facts of the host that conditions of a profile can ask for. */
@NullMarked
package dev.hexe.policy.profiles.host;

import org.jspecify.annotations.NullMarked;
