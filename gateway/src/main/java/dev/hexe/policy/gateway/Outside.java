package dev.hexe.policy.gateway;

/**
 * The ways to the network for one sandbox.
 *
 * @param resolver looks names up
 * @param dialer connects
 * @param proxies the caller's own proxy, where there is one
 */
record Outside(Resolver resolver, Dialer dialer, Proxies proxies) {}
