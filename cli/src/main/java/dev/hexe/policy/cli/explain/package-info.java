/**
 * The effective policy, the decisions and the exposures of a profile, and how two profiles differ.
 */
@NullMarked
package dev.hexe.policy.cli.explain;

import org.jspecify.annotations.NullMarked;
