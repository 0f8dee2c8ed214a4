/** The options, and how they are read. */
@NullMarked
package dev.hexe.policy.cli.option;

import org.jspecify.annotations.NullMarked;
