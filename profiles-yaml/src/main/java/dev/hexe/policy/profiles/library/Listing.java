package dev.hexe.policy.profiles.library;

/**
 * A profile there is.
 *
 * @param name what selects it
 * @param summary one line about it, or why it cannot be used
 * @param origin {@code built-in}, or the file
 */
public record Listing(String name, String summary, String origin) {}
