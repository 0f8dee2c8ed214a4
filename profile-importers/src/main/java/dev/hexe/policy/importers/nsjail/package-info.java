/** Configurations of nsjail. */
@NullMarked
package dev.hexe.policy.importers.nsjail;

import org.jspecify.annotations.NullMarked;
