/** What a command has changed while its changes were kept apart, and what becomes of that. */
@NullMarked
package dev.hexe.policy.cli.changes;

import org.jspecify.annotations.NullMarked;
