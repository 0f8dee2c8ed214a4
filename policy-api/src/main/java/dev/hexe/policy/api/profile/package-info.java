/** A profile as pure data: the guarantees that must hold, without a word about mechanisms. */
@NullMarked
package dev.hexe.policy.api.profile;

import org.jspecify.annotations.NullMarked;
