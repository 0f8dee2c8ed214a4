/**
 * Sandboxes that run: found in /proc alone, for nothing is written down anywhere when one starts.
 * {@code docs/joining.md} says what is believed of what is read there, and why.
 */
@NullMarked
package dev.hexe.policy.cli.running;

import org.jspecify.annotations.NullMarked;
