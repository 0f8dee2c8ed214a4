package dev.hexe.policy.api.problem;

/**
 * A part of a profile that does not fit this machine.
 *
 * @param key where a profile says it, as in {@code files.read}
 * @param value what is said there, as the profile holds it
 * @param message lower case, without a period, the user's words in backticks
 * @param help what to do; may be empty
 */
public record Misfit(String key, Object value, String message, String help) {}
