package dev.hexe.policy.backend.cgroupv2;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Processes;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.IoLimit;
import dev.hexe.policy.api.profile.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The controllers used, see {@code Documentation/admin-guide/cgroup-v2.rst}. */
enum Controller {
  MEMORY("memory", Guarantee.MEMORY, "memory.max", "max"),
  PIDS("pids", Guarantee.PIDS, "pids.max", "max"),
  CPU("cpu", Guarantee.CPU, "cpu.max", "max"),
  CPUSET("cpuset", Guarantee.CPUS, "cpuset.cpus", "\n"),
  IO("io", Guarantee.IO, "io.max", "");

  private final String label;
  private final Guarantee guarantee;
  private final String file;
  private final String unset;

  Controller(String label, Guarantee guarantee, String file, String unset) {
    this.label = label;
    this.guarantee = guarantee;
    this.file = file;
    this.unset = unset;
  }

  /** The kernel's name of it. */
  String label() {
    return label;
  }

  Guarantee guarantee() {
    return guarantee;
  }

  /**
   * Sets what is set already in a new cgroup; fails where the controller is not there. What can be
   * written for disks depends on which there are: that the controller can be enabled has to do.
   */
  Stream<Action> harmlessWrite() {
    return unset.isEmpty() ? Stream.of() : Stream.of(Processes.cgroupWrite(file, unset, false));
  }

  /** The writes for these limits; none where they do not speak of this controller. */
  List<Action> writes(Limits limits) {
    return switch (this) {
      case MEMORY -> memory(limits);
      case PIDS -> number("pids.max", limits.pids());
      case CPU -> cpu(limits);
      case CPUSET -> limits.cpus().isEmpty() ? List.of() : List.of(write(limits.cpus()));
      case IO -> io(limits);
    };
  }

  /**
   * Swap would turn a limit into a slow-down; killing one process of many would leave half a build.
   */
  private List<Action> memory(Limits limits) {
    List<Action> writes = new ArrayList<>(number("memory.high", limits.memoryHigh()));
    if (limits.memory().isPresent()) {
      writes.addAll(number("memory.max", limits.memory()));
      writes.add(Processes.cgroupWrite("memory.swap.max", "0", true));
      writes.add(Processes.cgroupWrite("memory.oom.group", "1", true));
    }
    return writes;
  }

  private List<Action> cpu(Limits limits) {
    List<Action> writes = new ArrayList<>(number("cpu.weight", limits.cpuWeight()));
    Limits.CpuQuota quota = limits.cpu();
    if (quota != null) {
      writes.add(write(quota.quota() + " " + quota.period()));
    }
    return writes;
  }

  private List<Action> io(Limits limits) {
    List<Action> writes = new ArrayList<>();
    limits
        .ioWeight()
        .ifPresent(
            weight -> writes.add(Processes.cgroupWrite("io.weight", "default " + weight, false)));
    limits.io().forEach(limit -> writes.add(write(line(limit))));
    return writes;
  }

  private static String line(IoLimit limit) {
    StringBuilder line = new StringBuilder(limit.device());
    limit.read().ifPresent(rate -> line.append(" rbps=").append(rate));
    limit.write().ifPresent(rate -> line.append(" wbps=").append(rate));
    limit.readOperations().ifPresent(rate -> line.append(" riops=").append(rate));
    limit.writeOperations().ifPresent(rate -> line.append(" wiops=").append(rate));
    return line.toString();
  }

  private static List<Action> number(String file, OptionalLong value) {
    return value.isPresent()
        ? List.of(Processes.cgroupWrite(file, Long.toString(value.getAsLong()), false))
        : List.of();
  }

  private Action write(String value) {
    return Processes.cgroupWrite(file, value, false);
  }
}
