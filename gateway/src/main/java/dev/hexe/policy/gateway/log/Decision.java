package dev.hexe.policy.gateway.log;

import dev.hexe.policy.gateway.policy.Verdict;

/**
 * Something that was decided, as it is written down.
 *
 * @param protocol {@code tcp}, {@code udp} or {@code name}
 * @param host the name that was asked for, or the address
 * @param address the one outside, or empty
 * @param port the port, or 0
 * @param verdict whether it was let through, and why
 */
public record Decision(String protocol, String host, String address, int port, Verdict verdict) {}
