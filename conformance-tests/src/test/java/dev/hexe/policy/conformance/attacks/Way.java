package dev.hexe.policy.conformance.attacks;

import java.util.Arrays;
import java.util.Optional;

/** A known way out. Each is a row of the threat model, by the words that stand here. */
public enum Way {
  FILES("opening what is not listed", "what is not listed is not opened"),
  HIDDEN("opening what is hidden", "what is hidden is not opened"),
  NETWORK("reaching the network and the hypervisor", "no network but its own loopback"),
  PRIVILEGES("getting privileges back, and setuid programs", "no privilege is gained"),
  KERNEL(
      "settings and memory of the kernel, as root",
      "the kernel's settings and memory stay out of reach"),
  TERMINAL(
      "typing into the caller's terminal (TIOCSTI, TIOCLINUX)",
      "nothing is typed into the caller's terminal"),
  LAUNCHER("overwriting the launcher through `/proc/PID/exe`", "the program stays what it is"),
  DESCRIPTORS(
      "inherited descriptors; a working directory outside of the root",
      "the caller's descriptors are closed"),
  DESTINATIONS("symlinks and races at mount destinations", "nothing is mounted or made elsewhere"),
  OUTSIDERS("`/proc/PID/root` and `/proc/PID/fd` of outsiders", "other processes are not reached"),
  GROUPS("supplementary groups that cannot be dropped", "no other id gives access"),
  NESTED_NAMESPACES("nested user namespaces", "no namespace is made inside"),
  MOUNTS(
      "mounts that propagate to the host; flags lost below a bound tree",
      "mounts stay as they are"),
  REUSED_IDS(
      "a process id used again while ids are mapped", "ids are mapped for its own process alone"),
  FAULTS("a set-up call whose failure is ignored", "where a call fails, nothing runs"),
  ABSTRACT_SOCKETS("abstract sockets", "abstract sockets of others are not reached"),
  SOCKETS("sockets in `/run` and `/tmp`", "sockets of others are not reached"),
  SHARED_MEMORY("shared memory and queues of others", "IPC of others is not reached"),
  RARE_CALLS("io_uring passes filters by", "calls of no use to programs are denied"),
  SMALL_CALLS("32-bit and x32 calls pass filters by", "filters hold for every way to call"),
  UNKNOWN_CALLS("an unknown system call's name is ignored", "what is said is enforced or refused"),
  PROTOCOLS(
      "MPTCP, SCTP and raw sockets pass Landlock's ports by", "filters hold for every protocol"),
  RENAMING(
      "renaming or linking to where it could be read",
      "nothing is moved to where it could be read"),
  REPLACED(
      "replacing what the host has just replaced, before it is protected again",
      "what the host replaces is protected again"),
  RUN_LATER("editing what the host runs later", "what the host runs later is not changed"),
  GHOSTS("empty files left behind as mount points", "nothing is left on the host"),
  FOREIGN_PLANS("a plan or cache that another user replaces", "nobody else's plan is run"),
  HOSTILE_YAML(
      "hostile YAML: aliases, nesting, size, tags, encodings",
      "what cannot be read whole is refused"),
  BOMBS("bombs of processes and memory, full disks, endless runs", "limits hold"),
  FIRST_PROCESS("taking over PID 1 inside", "the first process inside is not taken over"),
  SUPERVISOR("the supervisor is killed", "all ends with the supervisor"),
  ORPHANS("orphans after the end", "all ends with the command"),
  PROFILE(
      "editing the profile, one it extends, or a plan in a file",
      "the next run is not decided inside"),
  KEPT_PLANS(
      "a plan cache that can be written or read inside", "the next run is not decided inside"),
  PROGRAM("this program, its jars and Java below the home", "the next run is not decided inside"),
  FOUND_FIRST(
      "a Java or a `hexe-policy` made where it would be found first (a `JAVA_HOME` that is gone, an earlier directory of `PATH`)",
      "the next run is not decided inside"),
  SAME_TIMES("a profile edited to equal size and time", "an edited profile is read anew"),
  LINKS(
      "a symlink within a protected or hidden directory",
      "what a symlink leads to is kept as well"),
  LED_ELSEWHERE(
      "leading a symlink elsewhere that lies on the way to what is protected"
          + " (`~/.local/bin/tool -> ~/apps/current/tool`)",
      "what a symlink leads to is kept as well"),
  READ_INSTEAD(
      "what a program reads in the place of a protected file: compiled ones that are newer"
          + " (`.zshrc.zwc`), caches of code, lists of what is trusted",
      "the next run is not decided inside"),
  PATTERNS("patterns taken literally", "what is said is enforced or refused"),
  UNENTERED_COPY("a copy of `/` that nobody enters", "what is read-only is not written"),
  LIMITING(
      "limiting and slowing outside processes", "other processes are neither limited nor slowed"),
  TERMINALS("the user's other terminals", "the user's other terminals are not opened"),
  KEYRING("the session keyring", "the session's keys are not reached"),
  ENTERED(
      "descriptors stolen from a command that entered", "a command that enters gives nothing away"),
  STREAMS("a directory as a standard stream", "a stream leads to no directory"),
  DEVICE_NODES(
      "changing the host's device nodes as root", "device nodes of the host are not changed"),
  PROC_SUBSET(
      "a `/proc` outside that shows processes alone", "the kernel's settings stay out of reach"),
  UNCOVERING("uncovering a root that could not be detached", "there is no way out of the root"),
  OVERLAYS(
      "a second run on the kept changes of an overlay", "changes belong to one sandbox at a time"),
  COMPILING("`compile -o` that replaces devices and links", "nothing but files is replaced"),
  OBEYED_DATA(
      "data that a tool outside obeys: git, agents, build caches",
      "what tools outside obey is not changed"),
  MESSAGES(
      "messages hidden by the last escape sequence, or by an unsearchable directory",
      "what happened is reported where it is seen"),
  BACKGROUND(
      "what is left in the background outlives a time limit without a pid namespace",
      "all ends with the time"),
  GATEWAY(
      "gateway: a name that changes its address, odd notations, a server name that lies",
      "what is listed is reached and nothing else"),
  GATEWAY_LOAD(
      "gateway: DNS messages made to be costly, floods of half-open connections",
      "the gateway answers others meanwhile"),
  GATEWAY_ITSELF(
      "gateway: killed, talked to by strangers, left with what is over",
      "what is listed is reached and nothing else");

  private final String words;
  private final String promise;

  Way(String words, String promise) {
    this.words = words;
    this.promise = promise;
  }

  /** What would be broken. */
  public String promise() {
    return promise;
  }

  /** The row of the threat model that starts with these words. */
  public static Optional<Way> of(String words) {
    return Arrays.stream(values()).filter(way -> way.words.equals(words)).findAny();
  }

  @Override
  public String toString() {
    return words;
  }
}
