package dev.hexe.policy.api.profile;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Resource limits; absent means unlimited.
 *
 * @param memory bytes of memory, swap excluded
 * @param pids processes and threads
 * @param cpu processor time
 */
public record Limits(OptionalLong memory, OptionalLong pids, @Nullable CpuQuota cpu) {
  /** No limit. */
  public static final Limits NONE = new Limits(OptionalLong.empty(), OptionalLong.empty(), null);

  /**
   * Processor time as {@code cpu.max} of cgroup v2 has it.
   *
   * @param quota microseconds that may be used in each period
   * @param period microseconds
   */
  public record CpuQuota(long quota, long period) {}
}
