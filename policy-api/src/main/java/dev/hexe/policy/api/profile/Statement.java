package dev.hexe.policy.api.profile;

/**
 * One thing that was said: a single value, or one item of a list.
 *
 * @param key where a profile says it, with dots between the levels
 * @param value as YAML on one line, paths absolute
 * @param origin where it was said
 */
public record Statement(String key, String value, Origin origin) {}
