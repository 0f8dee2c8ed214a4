/** Changes of a command that were kept apart: listed, compared, committed, discarded. */
@NullMarked
package dev.hexe.policy.cli.changes;

import org.jspecify.annotations.NullMarked;
