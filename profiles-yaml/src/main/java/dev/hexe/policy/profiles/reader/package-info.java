/** Readers of values, and the settings that they yield. */
@NullMarked
package dev.hexe.policy.profiles.reader;

import org.jspecify.annotations.NullMarked;
