/**
 * Tries out, from inside a sandbox, whether what was promised about it holds.
 *
 * <p>What is expected follows from the guarantees alone, never from the mechanism that was chosen.
 */
@NullMarked
package dev.hexe.policy.verification;

import org.jspecify.annotations.NullMarked;
