/** Destinations and ports: the part of a profile that is about the network. */
@NullMarked
package dev.hexe.policy.api.network;

import org.jspecify.annotations.NullMarked;
