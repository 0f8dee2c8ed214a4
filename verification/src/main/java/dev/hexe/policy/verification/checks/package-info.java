/** Attempts that are made from inside, for each guarantee. */
@NullMarked
package dev.hexe.policy.verification.checks;

import org.jspecify.annotations.NullMarked;
