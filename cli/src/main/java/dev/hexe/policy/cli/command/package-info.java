/** The commands: each takes its options apart and calls what does the work. */
@NullMarked
package dev.hexe.policy.cli.command;

import org.jspecify.annotations.NullMarked;
