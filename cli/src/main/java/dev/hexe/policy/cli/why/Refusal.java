package dev.hexe.policy.cli.why;

/**
 * Something that was refused because of the policy.
 *
 * @param observed what was tried, by whom, and how often
 * @param subject a path, an address or a process, in words
 * @param answer who decided, and what would change it
 * @param paths how many different paths it stands for
 */
public record Refusal(Observed observed, String subject, Answer answer, int paths) {}
