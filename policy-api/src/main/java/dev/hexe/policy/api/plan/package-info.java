/** The ordered kernel actions that the launcher executes, and their binary form. */
@NullMarked
package dev.hexe.policy.api.plan;

import org.jspecify.annotations.NullMarked;
