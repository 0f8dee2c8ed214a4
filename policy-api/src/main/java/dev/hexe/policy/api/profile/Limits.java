package dev.hexe.policy.api.profile;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Resource limits; absent means unlimited.
 *
 * @param memory bytes of memory, swap excluded
 * @param memoryHigh bytes of memory above which the command is slowed down
 * @param pids processes and threads
 * @param cpu processor time
 * @param cpuWeight the share of processor time among others that want it, 1 to 10000; 100 is the
 *     kernel's default
 * @param cpus the processors that may be used, as in {@code 0-3,7}; empty for all
 * @param ioWeight the share of disk time among others that want it, 1 to 10000
 * @param io limits on block devices
 * @param time milliseconds after which the command is ended
 * @param grace milliseconds that it then has to end by itself
 */
public record Limits(
    OptionalLong memory,
    OptionalLong memoryHigh,
    OptionalLong pids,
    @Nullable CpuQuota cpu,
    OptionalLong cpuWeight,
    String cpus,
    OptionalLong ioWeight,
    List<IoLimit> io,
    OptionalLong time,
    long grace) {
  /** The time to end by itself that is given where nothing else is said. */
  public static final long USUAL_GRACE = 5_000;

  /** No limit. */
  public static final Limits NONE = new Limits(OptionalLong.empty(), OptionalLong.empty(), null);

  /** Copies the list. */
  public Limits {
    io = List.copyOf(io);
  }

  /** Limits on memory, processes and processor time alone. */
  public Limits(OptionalLong memory, OptionalLong pids, @Nullable CpuQuota cpu) {
    this(
        memory,
        OptionalLong.empty(),
        pids,
        cpu,
        OptionalLong.empty(),
        "",
        OptionalLong.empty(),
        List.of(),
        OptionalLong.empty(),
        USUAL_GRACE);
  }

  /** The same limits, with one on time. */
  public Limits within(long milliseconds) {
    return toBuilder().time(OptionalLong.of(milliseconds)).build();
  }

  /** Starts with these limits. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.memory = memory;
    builder.memoryHigh = memoryHigh;
    builder.pids = pids;
    builder.cpu = cpu;
    builder.cpuWeight = cpuWeight;
    builder.cpus = cpus;
    builder.ioWeight = ioWeight;
    builder.io = io;
    builder.time = time;
    builder.grace = grace;
    return builder;
  }

  /** Whether memory is limited in any way. */
  public boolean limitsMemory() {
    return memory.isPresent() || memoryHigh.isPresent();
  }

  /** Whether processor time is limited in any way. */
  public boolean limitsCpu() {
    return cpu != null || cpuWeight.isPresent();
  }

  /** Whether the traffic with disks is limited in any way. */
  public boolean limitsIo() {
    return ioWeight.isPresent() || !io.isEmpty();
  }

  /**
   * Processor time as {@code cpu.max} of cgroup v2 has it.
   *
   * @param quota microseconds that may be used in each period
   * @param period microseconds
   */
  public record CpuQuota(long quota, long period) {}

  /** Builds limits, of which there are none but what is said. */
  public static final class Builder {
    private OptionalLong memory = OptionalLong.empty();
    private OptionalLong memoryHigh = OptionalLong.empty();
    private OptionalLong pids = OptionalLong.empty();
    private @Nullable CpuQuota cpu;
    private OptionalLong cpuWeight = OptionalLong.empty();
    private String cpus = "";
    private OptionalLong ioWeight = OptionalLong.empty();
    private List<IoLimit> io = List.of();
    private OptionalLong time = OptionalLong.empty();
    private long grace = USUAL_GRACE;

    public Builder memory(OptionalLong value) {
      memory = value;
      return this;
    }

    public Builder memoryHigh(OptionalLong value) {
      memoryHigh = value;
      return this;
    }

    public Builder pids(OptionalLong value) {
      pids = value;
      return this;
    }

    public Builder cpu(@Nullable CpuQuota value) {
      cpu = value;
      return this;
    }

    public Builder cpuWeight(OptionalLong value) {
      cpuWeight = value;
      return this;
    }

    public Builder cpus(String value) {
      cpus = value;
      return this;
    }

    public Builder ioWeight(OptionalLong value) {
      ioWeight = value;
      return this;
    }

    public Builder io(List<IoLimit> value) {
      io = value;
      return this;
    }

    public Builder time(OptionalLong value) {
      time = value;
      return this;
    }

    public Builder grace(long value) {
      grace = value;
      return this;
    }

    public Limits build() {
      return new Limits(memory, memoryHigh, pids, cpu, cpuWeight, cpus, ioWeight, io, time, grace);
    }
  }
}
