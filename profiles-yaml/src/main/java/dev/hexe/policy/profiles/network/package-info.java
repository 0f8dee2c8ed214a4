/** Destinations and published ports, and sets of them. */
@NullMarked
package dev.hexe.policy.profiles.network;

import org.jspecify.annotations.NullMarked;
