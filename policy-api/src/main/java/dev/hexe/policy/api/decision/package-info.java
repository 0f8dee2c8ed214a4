/**
 * Which mechanism enforces which guarantee, how strongly, by which rule, and why nothing stronger.
 */
@NullMarked
package dev.hexe.policy.api.decision;

import org.jspecify.annotations.NullMarked;
