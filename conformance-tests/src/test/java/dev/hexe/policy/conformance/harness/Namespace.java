package dev.hexe.policy.conformance.harness;

/** A kind of namespace, by its name in {@code /proc/PID/ns}. */
public enum Namespace {
  USER("user"),
  PID("pid"),
  MOUNT("mnt"),
  UTS("uts"),
  IPC("ipc"),
  NETWORK("net"),
  CGROUP("cgroup");

  private final String entry;

  Namespace(String entry) {
    this.entry = entry;
  }

  /** The name in {@code /proc/PID/ns}. */
  public String entry() {
    return entry;
  }
}
