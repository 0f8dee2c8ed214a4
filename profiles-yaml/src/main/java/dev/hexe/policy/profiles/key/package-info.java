/**
 * Everything a profile can say: keys, how their values are read, and the settings that come of it.
 */
@NullMarked
package dev.hexe.policy.profiles.key;

import org.jspecify.annotations.NullMarked;
