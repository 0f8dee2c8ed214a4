/** Starts sandboxes and asks, from inside, what the kernel allows there. */
@NullMarked
package dev.hexe.policy.conformance.harness;

import org.jspecify.annotations.NullMarked;
