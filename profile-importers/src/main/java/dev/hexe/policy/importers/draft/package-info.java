/** A profile in the making, and the YAML that it becomes. */
@NullMarked
package dev.hexe.policy.importers.draft;

import org.jspecify.annotations.NullMarked;
