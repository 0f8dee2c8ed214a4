package dev.hexe.policy.cli.learn;

/**
 * Something that was asked for, and that a person has to decide.
 *
 * @param subject what was tried, with what
 * @param because why it is not granted
 * @param yaml what would allow it in a profile; empty where nothing does
 * @param by the name of the program that asked for it, fit for a comment
 */
public record Question(String subject, String because, String yaml, String by) {}
