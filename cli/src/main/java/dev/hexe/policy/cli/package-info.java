/** The command line: reads what the user wants, has it compiled, and tells what came of it. */
@NullMarked
package dev.hexe.policy.cli;

import org.jspecify.annotations.NullMarked;
