/**
 * The directories that decide the next run, and come into being before a command could make them.
 */
@NullMarked
package dev.hexe.policy.cli.nextrun;

import org.jspecify.annotations.NullMarked;
