package dev.hexe.policy.profiles.yaml;

/**
 * A mistake in a file.
 *
 * @param file as messages name it
 * @param line counted from 1
 * @param column counted from 1
 * @param what lower case, without a final period, the user's words in backticks
 * @param help what to do; may be empty
 */
public record FileMistake(String file, int line, int column, String what, String help) {}
