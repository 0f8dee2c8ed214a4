/**
 * Decisions: the mechanism that enforces a guarantee, its strength, the rule, and the reasons
 * against stronger ones.
 */
@NullMarked
package dev.hexe.policy.api.decision;

import org.jspecify.annotations.NullMarked;
