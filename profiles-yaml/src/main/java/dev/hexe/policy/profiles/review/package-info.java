/** Findings about the text of a profile, each with its place, for those who write it. */
@NullMarked
package dev.hexe.policy.profiles.review;

import org.jspecify.annotations.NullMarked;
