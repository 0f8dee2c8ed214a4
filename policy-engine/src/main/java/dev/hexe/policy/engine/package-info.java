/** Chooses a mechanism for each guarantee and compiles the choice into a plan. */
@NullMarked
package dev.hexe.policy.engine;

import org.jspecify.annotations.NullMarked;
