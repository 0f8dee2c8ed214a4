/** Explanations of refusals. */
@NullMarked
package dev.hexe.policy.conformance.why;

import org.jspecify.annotations.NullMarked;
