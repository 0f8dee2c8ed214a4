/** Statements of a source, each with what became of it. */
@NullMarked
package dev.hexe.policy.importers.report;

import org.jspecify.annotations.NullMarked;
