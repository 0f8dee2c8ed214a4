/**
 * Profiles as people write them: YAML, the built-in ones, and what the environment and options add.
 */
@NullMarked
package dev.hexe.policy.profiles;

import org.jspecify.annotations.NullMarked;
