/** Command lines of bubblewrap. */
@NullMarked
package dev.hexe.policy.importers.bwrap;

import org.jspecify.annotations.NullMarked;
