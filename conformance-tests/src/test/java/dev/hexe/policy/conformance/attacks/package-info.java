/** The table of attacks, what they are laid out for, and the report of what became of them. */
@NullMarked
package dev.hexe.policy.conformance.attacks;

import org.jspecify.annotations.NullMarked;
