package dev.hexe.policy.api.profile;

/**
 * Something that was said and does not hold, because something else does.
 *
 * @param statement what was said
 * @param by where the other one was said
 */
public record Overruled(Statement statement, Statement by) {}
