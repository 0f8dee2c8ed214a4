/** Destinations that are allowed and all others. */
@NullMarked
package dev.hexe.policy.conformance.network;

import org.jspecify.annotations.NullMarked;
