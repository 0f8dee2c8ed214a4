package dev.hexe.policy.api.profile;

import java.util.Arrays;
import java.util.Optional;

/** Something a profile may promise about the command it runs. */
public enum Guarantee {
  FILES("files", "only listed paths are reachable"),
  READ_ONLY("read-only", "files listed for reading cannot be written, replaced or removed"),
  PROTECTED("protected", "files listed as protected cannot be changed, replaced or removed"),
  HIDDEN("hidden", "files listed as hidden cannot be opened"),
  NEXT_RUN(
      "next-run",
      "what decides the next run cannot be changed: profiles, plans, this program and its Java"),
  LAYOUT("layout", "what the profile puts at paths of its own is there, and nothing else"),
  NO_EXECUTE("no-execute", "nothing in paths listed as free of programs can be executed"),
  TMP("tmp", "/tmp is private"),
  DEVICES("devices", "only harmless devices exist"),
  PROCESSES_INVISIBLE("processes-invisible", "other processes are invisible"),
  PROCESSES_UNREACHABLE(
      "processes-unreachable",
      "other processes get no signals, are not traced or limited, and share no keys"),
  NETWORK("network", "no network but an own loopback"),
  DESTINATIONS("destinations", "only listed destinations are reached over the network"),
  IPC("ipc", "System V IPC and POSIX message queues are private"),
  TERMINAL("terminal", "nothing can be typed into the caller's terminal"),
  HOSTNAME("hostname", "the hostname is the sandbox's own"),
  CGROUPS("cgroups", "the view of control groups is the sandbox's own"),
  MOUNTS("mounts", "mounts are the sandbox's own"),
  IDENTITY("identity", "the ids inside are the ones the profile names"),
  PRIVILEGE_GAIN("privilege-gain", "no program gains privileges"),
  CAPABILITIES("capabilities", "no capability is held but those listed"),
  USER_NAMESPACES("user-namespaces", "no user namespace can be made inside"),
  SYSCALLS("syscalls", "system calls listed as denied fail"),
  MEMORY("memory", "memory is limited"),
  PIDS("pids", "the number of processes is limited"),
  CPU("cpu", "processor time is limited"),
  CPUS("cpus", "only listed processors are used"),
  IO("io", "the traffic with disks is limited"),
  TIME("time", "the command ends in time");

  private final String id;
  private final String meaning;

  Guarantee(String id, String meaning) {
    this.id = id;
    this.meaning = meaning;
  }

  /** The word used in profiles and in output. */
  public String id() {
    return id;
  }

  /** What it promises, as a sentence without a period. */
  public String meaning() {
    return meaning;
  }

  /** The guarantee with this {@link #id()}. */
  public static Optional<Guarantee> withId(String id) {
    return Arrays.stream(values()).filter(guarantee -> guarantee.id.equals(id)).findFirst();
  }
}
