/** The promises, tried against a real kernel. */
@NullMarked
package dev.hexe.policy.conformance;

import org.jspecify.annotations.NullMarked;
