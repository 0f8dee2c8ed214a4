/** Windows of a terminal multiplexer. */
@NullMarked
package dev.hexe.policy.cli.floating;

import org.jspecify.annotations.NullMarked;
