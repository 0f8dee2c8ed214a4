package dev.hexe.policy.api.host;

import java.util.Set;

/**
 * The process that asked for the sandbox, as the launcher saw it.
 *
 * @param uid effective user id
 * @param gid effective group id
 * @param groups supplementary group ids
 * @param capabilities the effective capability set, bit n for capability n
 */
public record Caller(long uid, long gid, Set<Long> groups, long capabilities) {
  private static final int CAP_SETPCAP = 8;

  /** Copies the groups. */
  public Caller {
    groups = Set.copyOf(groups);
  }

  /** Whether it is in supplementary groups beside its own group. */
  public boolean hasOtherGroups() {
    return groups.stream().anyMatch(group -> group != gid);
  }

  /** Whether the caller may remove capabilities from its bounding set. */
  public boolean maySetBoundingSet() {
    return has(CAP_SETPCAP);
  }

  private boolean has(int capability) {
    return (capabilities & (1L << capability)) != 0;
  }
}
