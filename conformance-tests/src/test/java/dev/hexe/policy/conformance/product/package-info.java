/** The product itself: its rooms, its documents, what is shipped. */
@NullMarked
package dev.hexe.policy.conformance.product;

import org.jspecify.annotations.NullMarked;
