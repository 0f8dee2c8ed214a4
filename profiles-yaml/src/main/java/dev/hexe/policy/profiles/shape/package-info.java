/**
 * The shapes that values have in files, as their readers declare them, and what is made of these.
 */
@NullMarked
package dev.hexe.policy.profiles.shape;

import org.jspecify.annotations.NullMarked;
