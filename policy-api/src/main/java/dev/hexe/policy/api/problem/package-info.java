/** Problems of a profile on a machine, in words with what to do. */
@NullMarked
package dev.hexe.policy.api.problem;

import org.jspecify.annotations.NullMarked;
