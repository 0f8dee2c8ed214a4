package dev.hexe.policy.api.network;

/**
 * A port of the sandbox that can be reached from the host.
 *
 * @param address the host's address to listen on
 * @param outside the host's port
 * @param inside the port that the command listens on
 */
public record PublishedPort(String address, int outside, int inside) {}
