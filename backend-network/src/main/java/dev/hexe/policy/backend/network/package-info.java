/** Destinations: a gateway between the sandbox and the network. */
@NullMarked
package dev.hexe.policy.backend.network;

import org.jspecify.annotations.NullMarked;
