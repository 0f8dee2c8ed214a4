package dev.hexe.policy.conformance.attacks;

import static dev.hexe.policy.conformance.attacks.Attempt.asRoot;
import static dev.hexe.policy.conformance.attacks.Attempt.to;
import static dev.hexe.policy.conformance.harness.Design.BOTH;
import static dev.hexe.policy.conformance.harness.Design.LANDLOCK;
import static dev.hexe.policy.conformance.harness.Design.NAMESPACES;
import static dev.hexe.policy.conformance.harness.Design.PROJECT;

import dev.hexe.policy.conformance.harness.User;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The table of all that one process can try alone. */
public final class Attempts {
  private static final String NAMES = "names, sizes, modes and times are in reach of Landlock's";
  private static final String IPC = "Landlock alone leaves IPC with the host";
  private static final String CALLS = "`isolated` denies no system calls for their own sake";
  private static final String ABSENT = "what is not there can be made, and is reported";
  private static final String USER_NAMESPACES =
      "`isolated` allows user namespaces; nothing can be mounted in them";

  private Attempts() {}

  /** All that make sense for this user; what takes something away comes last. */
  public static List<Attempt> of(User user) {
    return Stream.of(files(), kept(), processes(), namespaces(), surroundings(), calls())
        .flatMap(List::stream)
        .filter(attempt -> attempt.isFor(user))
        .sorted(Comparator.comparing(Attempts::takesAway))
        .toList();
  }

  private static int takesAway(Attempt attempt) {
    return attempt.act().startsWith("rename ") ? 2 : attempt.act().startsWith("remove ") ? 1 : 0;
  }

  private static List<Attempt> files() {
    return List.of(
        to(Way.FILES, "read {secret}"),
        to(Way.FILES, "write {secret}"),
        to(Way.FILES, "execute {secret}"),
        to(Way.FILES, "truncate {secret}"),
        to(Way.FILES, "remove {outside}/removed"),
        to(Way.FILES, "create {outside}/new"),
        to(Way.FILES, "mkdir {outside}/directory"),
        to(Way.FILES, "read /proc/self/root{secret}"),
        to(Way.FILES, "look {secret}").openIn(LANDLOCK, NAMES),
        to(Way.FILES, "chmod {secret}").openIn(LANDLOCK, NAMES),
        asRoot(Way.FILES, "write /usr/lib/os-release"),
        asRoot(Way.FILES, "write /etc/passwd"),
        asRoot(Way.FILES, "read /etc/shadow")
            .openEverywhere("`/etc` is listed, and root may read all of it"),
        asRoot(Way.FILES, "open-by-handle {secret}"),
        to(Way.RENAMING, "link {secret} {home}/free/linked"),
        to(Way.RENAMING, "rename {outside}/renamed {home}/free/renamed"),
        to(Way.RENAMING, "rename {home}/keys {home}/free/keys"),
        to(Way.RENAMING, "link {home}/keys/id {home}/free/id"),
        to(Way.RENAMING, "link {home}/.bashrc {home}/free/bashrc"),
        to(Way.DESCRIPTORS, "read-at 9 etc/hostname"),
        to(Way.DESCRIPTORS, "read /proc/self/fd/9/etc/hostname"));
  }

  private static List<Attempt> kept() {
    return List.of(
        to(Way.HIDDEN, "read {home}/keys/id"),
        to(Way.HIDDEN, "read /proc/self/root{home}/keys/id"),
        to(Way.HIDDEN, "read {home}/.ssh/id_rsa"),
        to(Way.HIDDEN, "write {home}/keys/id"),
        to(Way.HIDDEN, "remove {home}/keys/other"),
        to(Way.HIDDEN, "create {home}/keys/new"),
        to(Way.LINKS, "read {home}/led-to-key"),
        to(Way.LINKS, "write {home}/kept/link"),
        to(Way.LINKS, "truncate {home}/dotfiles/linked"),
        to(Way.LINKS, "remove {home}/kept/link"),
        to(Way.LINKS, "rename {home}/dotfiles {home}/free/dotfiles"),
        to(Way.RUN_LATER, "write {home}/.bashrc"),
        to(Way.RUN_LATER, "truncate {home}/.bashrc"),
        to(Way.RUN_LATER, "rename {home}/free/evil {home}/.bashrc"),
        to(Way.RUN_LATER, "create {home}/.bash_profile")
            .openIn(NAMESPACES, ABSENT)
            .openIn(BOTH, ABSENT),
        to(Way.RUN_LATER, "chmod {home}/.bashrc").openIn(LANDLOCK, NAMES),
        to(Way.RUN_LATER, "create {home}/.config/autostart/new"),
        to(Way.RUN_LATER, "rename {home}/.config {home}/free/config"),
        to(Way.OBEYED_DATA, "write {home}/project/.git/config"),
        to(Way.OBEYED_DATA, "write {home}/project/.git/hooks/post"),
        to(Way.OBEYED_DATA, "create {home}/project/.git/hooks/new"),
        to(Way.OBEYED_DATA, "rename {home}/project/.git {home}/project/other"),
        to(Way.OBEYED_DATA, "rename {home}/project {home}/free/project"),
        to(Way.OBEYED_DATA, "create {home}/project/.git/commondir"),
        to(Way.PROFILE, "write {home}/.config/hexe-policy/profiles/mine.yaml"),
        to(Way.PROFILE, "create {home}/.config/hexe-policy/profiles/new.yaml"),
        to(Way.KEPT_PLANS, "read {plans}/other.plan"),
        to(Way.KEPT_PLANS, "create {plans}/new.plan"),
        asRoot(Way.PROGRAM, "write {program}"));
  }

  private static List<Attempt> processes() {
    return List.of(
        to(Way.OUTSIDERS, "signal {outsider}"),
        to(Way.OUTSIDERS, "signal-pidfd {outsider}"),
        to(Way.OUTSIDERS, "signal-thread {outsider}"),
        to(Way.OUTSIDERS, "queue-signal {outsider}"),
        to(Way.OUTSIDERS, "trace {outsider}"),
        to(Way.OUTSIDERS, "read-memory {outsider}"),
        to(Way.OUTSIDERS, "memory-file {outsider}"),
        to(Way.OUTSIDERS, "its-root {outsider}"),
        to(Way.OUTSIDERS, "list /proc/{outsider}/cwd/"),
        to(Way.OUTSIDERS, "read /proc/{outsider}/fd/4"),
        to(Way.OUTSIDERS, "its-environment {outsider}"),
        to(Way.OUTSIDERS, "take-descriptor {outsider}"),
        to(Way.OUTSIDERS, "compare {outsider}"),
        asRoot(Way.OUTSIDERS, "set-namespace /proc/{outsider}/ns/net"),
        to(Way.OUTSIDERS, "read /proc/{outsider}/cmdline")
            .openIn(LANDLOCK, "without a pid namespace all processes are seen"),
        to(Way.FIRST_PROCESS, "trace {first}"),
        to(Way.FIRST_PROCESS, "read-memory {first}"),
        to(Way.FIRST_PROCESS, "memory-file {first}"),
        to(Way.FIRST_PROCESS, "its-root {first}"),
        to(Way.FIRST_PROCESS, "its-environment {first}"),
        to(Way.FIRST_PROCESS, "take-descriptor {first}"),
        to(Way.LIMITING, "limit {outsider}"),
        to(Way.LIMITING, "renice {outsider}"),
        to(Way.LIMITING, "io-priority {outsider}"),
        to(Way.LIMITING, "affinity {outsider}"),
        to(Way.LIMITING, "schedule {outsider}"),
        to(Way.LIMITING, "move-pages {outsider}"),
        to(Way.LIMITING, "write /proc/{outsider}/oom_score_adj"),
        to(Way.LIMITING, "write /proc/{outsider}/clear_refs"),
        to(Way.LIMITING, "write /proc/{outsider}/coredump_filter"),
        to(Way.KEYRING, "find-key {key}"),
        to(Way.TERMINALS, "write {terminal}"),
        to(Way.TERMINALS, "read {terminal}"));
  }

  private static List<Attempt> namespaces() {
    return List.of(
        to(Way.NESTED_NAMESPACES, "unshare user").openIn(LANDLOCK, USER_NAMESPACES),
        to(Way.NESTED_NAMESPACES, "clone user").openIn(LANDLOCK, USER_NAMESPACES),
        to(Way.NESTED_NAMESPACES, "old-clone user").openIn(LANDLOCK, USER_NAMESPACES),
        to(Way.NESTED_NAMESPACES, "nested-mount {home}/place"),
        asRoot(Way.NESTED_NAMESPACES, "unshare mnt"),
        asRoot(Way.NESTED_NAMESPACES, "unshare net"),
        asRoot(Way.NESTED_NAMESPACES, "unshare pid"),
        asRoot(Way.MOUNTS, "mount {home}/place"),
        asRoot(Way.MOUNTS, "bind {home}/free {home}/place"),
        asRoot(Way.MOUNTS, "new-mount"),
        asRoot(Way.MOUNTS, "clone-tree /usr"),
        asRoot(Way.MOUNTS, "set-attributes /"),
        asRoot(Way.MOUNTS, "remount-writable /"),
        asRoot(Way.UNCOVERING, "chroot {home}"),
        asRoot(Way.UNCOVERING, "leave-root {home}"),
        asRoot(Way.PRIVILEGES, "raise-capability 21"),
        asRoot(Way.PRIVILEGES, "become 12345"),
        asRoot(Way.PRIVILEGES, "join-group 12345"),
        asRoot(Way.PRIVILEGES, "rename-host other"),
        asRoot(Way.PRIVILEGES, "mknod {home}/free/memory"));
  }

  private static List<Attempt> surroundings() {
    return List.of(
        to(Way.ABSTRACT_SOCKETS, "connect-abstract {abstract}").openIn(LANDLOCK, IPC),
        to(Way.SOCKETS, "connect-unix {socket-in-tmp}")
            .openIn(LANDLOCK, "Landlock denies sockets at paths from ABI 9 on"),
        to(Way.SOCKETS, "connect-unix {socket-outside}")
            .openIn(LANDLOCK, "Landlock denies sockets at paths from ABI 9 on"),
        to(Way.SOCKETS, "connect-unix {socket-in-home}")
            .openEverywhere("sockets in what is listed can be connected to"),
        to(Way.SHARED_MEMORY, "shared-memory {shared-memory}").openIn(LANDLOCK, IPC),
        to(Way.SHARED_MEMORY, "queue {queue}").openIn(LANDLOCK, IPC),
        to(Way.NETWORK, "connect-tcp 127.0.0.1 {port}")
            .openIn(LANDLOCK, "`isolated` leaves the network with the host")
            .openIn(PROJECT, "`project` and `agent` leave the network with the host"),
        to(Way.NETWORK, "socket 40 1 0")
            .openIn(LANDLOCK, "`isolated` leaves the network with the host")
            .openIn(PROJECT, "`project` and `agent` leave the network with the host"),
        asRoot(Way.PROTOCOLS, "raw-socket"),
        asRoot(Way.PROTOCOLS, "socket 17 3 0"),
        asRoot(Way.KERNEL, "write /proc/sys/kernel/core_pattern"),
        asRoot(Way.KERNEL, "write /proc/sys/kernel/modprobe"),
        asRoot(Way.KERNEL, "write /proc/sysrq-trigger"),
        asRoot(Way.KERNEL, "write /sys/kernel/uevent_helper"),
        asRoot(Way.KERNEL, "read /proc/kcore"),
        asRoot(Way.KERNEL, "read /dev/mem"),
        asRoot(Way.BOMBS, "write {cgroup}/cgroup.procs"));
  }

  private static List<Attempt> calls() {
    return List.of(
        to(Way.RARE_CALLS, "io-uring").openIn(LANDLOCK, CALLS),
        to(Way.RARE_CALLS, "userfaultfd").openIn(LANDLOCK, CALLS),
        to(Way.RARE_CALLS, "perf").openIn(LANDLOCK, CALLS),
        asRoot(Way.RARE_CALLS, "bpf"),
        to(Way.SMALL_CALLS, "small-call 310 268435456").openIn(LANDLOCK, USER_NAMESPACES),
        to(Way.SMALL_CALLS, "x32-call 272 268435456").openIn(LANDLOCK, USER_NAMESPACES));
  }
}
