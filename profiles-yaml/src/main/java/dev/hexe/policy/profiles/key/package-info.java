/** Everything a profile can say: the keys, those that plug-ins add, and the shipped lists. */
@NullMarked
package dev.hexe.policy.profiles.key;

import org.jspecify.annotations.NullMarked;
