/** The options, how they are read, and what they select. */
@NullMarked
package dev.hexe.policy.cli.option;

import org.jspecify.annotations.NullMarked;
