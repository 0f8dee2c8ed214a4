/** Imported policies, written to files. */
@NullMarked
package dev.hexe.policy.cli.importing;

import org.jspecify.annotations.NullMarked;
