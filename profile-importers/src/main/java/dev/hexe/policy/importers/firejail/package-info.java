/** Profiles of firejail, with what they include. */
@NullMarked
package dev.hexe.policy.importers.firejail;

import org.jspecify.annotations.NullMarked;
