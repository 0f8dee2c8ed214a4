package dev.hexe.policy.backend.cgroupv2;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Processes;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Limits;
import java.util.ArrayList;
import java.util.List;

/** The controllers used, see {@code Documentation/admin-guide/cgroup-v2.rst}. */
enum Controller {
  MEMORY("memory", Guarantee.MEMORY, "memory.max"),
  PIDS("pids", Guarantee.PIDS, "pids.max"),
  CPU("cpu", Guarantee.CPU, "cpu.max");

  private final String label;
  private final Guarantee guarantee;
  private final String file;

  Controller(String label, Guarantee guarantee, String file) {
    this.label = label;
    this.guarantee = guarantee;
    this.file = file;
  }

  String label() {
    return label;
  }

  Guarantee guarantee() {
    return guarantee;
  }

  /** The name of the fact that this controller works in a cgroup of ours. */
  String fact() {
    return "cgroup." + label;
  }

  /** Sets what is set already in a new cgroup; fails where the controller is not there. */
  Action harmlessWrite() {
    return Processes.cgroupWrite(file, "max", false);
  }

  /** The writes for these limits; none where they do not speak of this controller. */
  List<Action> writes(Limits limits) {
    List<Action> writes = new ArrayList<>();
    switch (this) {
      case MEMORY -> limits.memory().ifPresent(bytes -> writes.addAll(memory(bytes)));
      case PIDS -> limits.pids().ifPresent(count -> writes.add(write(Long.toString(count))));
      case CPU -> {
        Limits.CpuQuota quota = limits.cpu();
        if (quota != null) {
          writes.add(write(quota.quota() + " " + quota.period()));
        }
      }
    }
    return writes;
  }

  /**
   * Swap would turn a limit into a slow-down; killing one process of many would leave half a build.
   */
  private List<Action> memory(long bytes) {
    return List.of(
        write(Long.toString(bytes)),
        Processes.cgroupWrite("memory.swap.max", "0", true),
        Processes.cgroupWrite("memory.oom.group", "1", true));
  }

  private Action write(String value) {
    return Processes.cgroupWrite(file, value, false);
  }
}
