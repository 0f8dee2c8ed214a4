package dev.hexe.policy.api.plan;

import java.util.Set;

/** The namespaces of {@code namespaces(7)}, with the bits that {@code clone3(2)} takes. */
public enum CloneFlag {
  NEWUSER("user", 0x10000000L),
  NEWNS("mount", 0x00020000L),
  NEWPID("pid", 0x20000000L),
  NEWNET("network", 0x40000000L),
  NEWUTS("uts", 0x04000000L),
  NEWIPC("ipc", 0x08000000L),
  NEWCGROUP("cgroup", 0x02000000L);

  private final String kind;
  private final long bit;

  CloneFlag(String kind, long bit) {
    this.kind = kind;
    this.bit = bit;
  }

  /** The kind of namespace. */
  public String kind() {
    return kind;
  }

  /** The bit. */
  public long bit() {
    return bit;
  }

  static long bits(Set<CloneFlag> flags) {
    return flags.stream().mapToLong(CloneFlag::bit).reduce(0, (a, b) -> a | b);
  }

  static String names(Set<CloneFlag> flags) {
    return String.join(", ", flags.stream().sorted().map(CloneFlag::kind).toList());
  }
}
