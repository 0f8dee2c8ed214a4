package dev.hexe.policy.importers.report;

/**
 * A statement of a source with what became of it.
 *
 * @param place where it stands
 * @param statement as it was written
 * @param result the key that says it now, the difference, or why there is none
 */
public record Note(Outcome outcome, Place place, String statement, String result) {}
