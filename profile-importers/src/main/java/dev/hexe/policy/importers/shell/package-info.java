/** Shell scripts, read and never run. */
@NullMarked
package dev.hexe.policy.importers.shell;

import org.jspecify.annotations.NullMarked;
