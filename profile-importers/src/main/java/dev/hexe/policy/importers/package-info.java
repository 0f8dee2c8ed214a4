/**
 * Policies of other programs, turned into profiles with a report of what could not be carried over.
 */
@NullMarked
package dev.hexe.policy.importers;

import org.jspecify.annotations.NullMarked;
