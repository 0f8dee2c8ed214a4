/** Other hosts: fewer features, other layouts, calls that fail. */
@NullMarked
package dev.hexe.policy.conformance.hosts;

import org.jspecify.annotations.NullMarked;
