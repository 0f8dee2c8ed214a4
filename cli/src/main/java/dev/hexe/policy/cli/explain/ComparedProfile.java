package dev.hexe.policy.cli.explain;

/**
 * One of two profiles that are compared.
 *
 * @param name what the user called it
 * @param explanation what becomes of it
 */
public record ComparedProfile(String name, Explanation explanation) {}
