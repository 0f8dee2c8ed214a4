package dev.hexe.policy.gateway.share;

/**
 * The parts that one sandbox has of what is for all.
 *
 * @param buffers for data in transit
 * @param capacity descriptors
 * @param memory for what is remembered
 * @param heap where all objects are
 */
public record Share(Buffers buffers, Capacity capacity, Memory.Part memory, Heap heap) {}
