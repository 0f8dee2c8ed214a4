/**
 * The parts of memory, descriptors and threads that each sandbox may take, so that all have some.
 */
@NullMarked
package dev.hexe.policy.gateway.share;

import org.jspecify.annotations.NullMarked;
