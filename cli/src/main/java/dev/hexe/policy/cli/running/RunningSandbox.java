package dev.hexe.policy.cli.running;

/**
 * A sandbox that runs. What there is to say of it beyond that, the launcher lists.
 *
 * @param supervisor the process outside, whose number is the sandbox's id
 * @param started when that was started, in ticks since the boot
 */
public record RunningSandbox(long supervisor, long started) {}
