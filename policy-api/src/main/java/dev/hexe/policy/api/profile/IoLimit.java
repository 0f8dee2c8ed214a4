package dev.hexe.policy.api.profile;

import java.util.OptionalLong;

/**
 * Limits on the traffic with one block device, as {@code io.max} of cgroup v2 has them; absent
 * means unlimited.
 *
 * @param device its numbers, {@code MAJOR:MINOR}
 * @param read bytes per second
 * @param write bytes per second
 * @param readOperations operations per second
 * @param writeOperations operations per second
 */
public record IoLimit(
    String device,
    OptionalLong read,
    OptionalLong write,
    OptionalLong readOperations,
    OptionalLong writeOperations) {}
