/** Formats of values: sizes, times, destinations, limits, mount entries. */
@NullMarked
package dev.hexe.policy.profiles.value;

import org.jspecify.annotations.NullMarked;
