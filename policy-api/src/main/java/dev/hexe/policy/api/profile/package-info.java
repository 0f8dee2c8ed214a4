/** What must hold: a profile as pure data, without a word about mechanisms. */
@NullMarked
package dev.hexe.policy.api.profile;

import org.jspecify.annotations.NullMarked;
