/**
 * Names the rule that decides over a path, and the narrowest change that would decide otherwise.
 */
@NullMarked
package dev.hexe.policy.cli.why;

import org.jspecify.annotations.NullMarked;
