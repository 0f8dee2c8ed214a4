/**
 * Makes a profile of what commands needed: what to grant, what to ask about, and where to write it.
 */
@NullMarked
package dev.hexe.policy.cli.learn;

import org.jspecify.annotations.NullMarked;
