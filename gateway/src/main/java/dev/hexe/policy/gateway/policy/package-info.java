/** Decisions about destinations: pure, and without any input or output. */
@NullMarked
package dev.hexe.policy.gateway.policy;

import org.jspecify.annotations.NullMarked;
