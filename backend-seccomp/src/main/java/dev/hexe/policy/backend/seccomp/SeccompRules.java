package dev.hexe.policy.backend.seccomp;

import static dev.hexe.policy.backend.seccomp.Answer.EAFNOSUPPORT;
import static dev.hexe.policy.backend.seccomp.Answer.ENOSYS;
import static dev.hexe.policy.backend.seccomp.Answer.EPERM;
import static dev.hexe.policy.backend.seccomp.SystemCallRule.always;
import static dev.hexe.policy.backend.seccomp.SystemCallRule.when;

import dev.hexe.policy.api.profile.SystemCalls.Operator;
import dev.hexe.policy.backend.seccomp.SystemCallRule.Condition;
import java.util.List;
import java.util.stream.Stream;

/** The calls that each mechanism denies. */
final class SeccompRules {
  private static final long AF_UNIX = 1;

  /** To the kernel; libraries ask with a raw socket which interfaces and addresses there are. */
  private static final long AF_NETLINK = 16;

  private static final long AF_VSOCK = 40;

  /** What the kernel looks at of a socket's type, see {@code SOCK_TYPE_MASK}. */
  private static final long SOCKET_TYPE = 0xf;

  private static final long SOCK_RAW = 3;

  /** SCTP, DCCP, MPTCP. */
  private static final List<Long> OTHER_PROTOCOLS = List.of(132L, 33L, 262L);

  /** AF_PACKET, AF_RDS, AF_TIPC, AF_VSOCK, AF_SMC, AF_XDP. */
  private static final List<Long> OTHER_FAMILIES = List.of(17L, 21L, 30L, AF_VSOCK, 43L, 44L);

  private static final long CLONE_NEWUSER = 0x10000000L;
  private static final long PRIO_PROCESS = 0;
  private static final long IOPRIO_WHO_PROCESS = 1;
  private static final long TIOCSTI = 0x5412;
  private static final long TIOCLINUX = 0x541c;

  /** With ENOSYS programs take the calls they used before there were rings. */
  private static final List<String> IO_RING =
      List.of("io_uring_setup", "io_uring_enter", "io_uring_register");

  private static final long S_ISUID = 04000;

  /** Without the right to execute for the group, the first bit marks a file for locks. */
  private static final long S_ISGID_S_IXGRP = 02010;

  private static final long O_CREAT = 0100;
  private static final long O_TMPFILE = 020000000;

  private SeccompRules() {}

  /**
   * User namespaces. {@code clone3} takes its flags in memory, where a filter cannot look; with
   * ENOSYS libraries fall back to {@code clone}.
   */
  static List<SystemCallRule> userNamespaces() {
    return List.of(
        when("clone", EPERM, Condition.has(0, CLONE_NEWUSER)),
        when("unshare", EPERM, Condition.has(0, CLONE_NEWUSER)),
        always("clone3", ENOSYS),
        always("setns", EPERM));
  }

  /** Every socket but local ones, and the rings through which sockets can be made unseen. */
  static List<SystemCallRule> network() {
    return Stream.concat(
            Stream.of(when("socket", EAFNOSUPPORT, Condition.isNot(0, AF_UNIX))), ioRing().stream())
        .toList();
  }

  /** {@code vsock(7)}: to the hypervisor and to other virtual machines, whatever the namespace. */
  static List<SystemCallRule> unconfinedFamilies() {
    return List.of(when("socket", EAFNOSUPPORT, Condition.is(0, AF_VSOCK)));
  }

  /**
   * Sockets that carry something else, or the same past the rules for ports. With one answer for
   * all, because 32-bit programs have one call for all.
   */
  static List<SystemCallRule> otherThanTcpAndUdp() {
    Stream<SystemCallRule> families =
        OTHER_FAMILIES.stream()
            .map(family -> when("socket", EAFNOSUPPORT, Condition.is(0, family)));
    Stream<SystemCallRule> protocols =
        OTHER_PROTOCOLS.stream()
            .map(protocol -> when("socket", EAFNOSUPPORT, Condition.is(2, protocol)));
    Stream<SystemCallRule> raw =
        Stream.of(
            new SystemCallRule(
                "socket",
                EAFNOSUPPORT,
                List.of(
                    isNot(0, AF_NETLINK),
                    new Condition(1, Operator.MASKED, SOCKET_TYPE, SOCK_RAW))));
    return Stream.of(families, protocols, raw, ioRing().stream()).flatMap(rules -> rules).toList();
  }

  /** System V IPC and POSIX message queues. */
  static List<SystemCallRule> ipc() {
    return denied(
        "msgget",
        "msgsnd",
        "msgrcv",
        "msgctl",
        "semget",
        "semop",
        "semtimedop",
        "semctl",
        "shmget",
        "shmat",
        "shmctl",
        "mq_open",
        "mq_unlink");
  }

  /**
   * Reaching into other processes; signals are left, because a command signals its own children.
   */
  static List<SystemCallRule> tracing() {
    return denied(
        "ptrace",
        "process_vm_readv",
        "process_vm_writev",
        "pidfd_getfd",
        "kcmp",
        "process_madvise");
  }

  /**
   * Limits, priorities and processors of others, which take no more than the same user id, and the
   * user's keys. A filter does not know whose a number is: 0, the caller itself, is what is left.
   * Setting a limit to 1 s of processor time ends a process.
   */
  static List<SystemCallRule> otherProcesses() {
    return Stream.concat(
            Stream.of(
                new SystemCallRule("prlimit64", EPERM, List.of(isNot(0, 0), isNot(2, 0))),
                when("setpriority", EPERM, isNot(0, PRIO_PROCESS)),
                when("setpriority", EPERM, isNot(1, 0)),
                when("ioprio_set", EPERM, isNot(0, IOPRIO_WHO_PROCESS)),
                when("ioprio_set", EPERM, isNot(1, 0)),
                when("sched_setaffinity", EPERM, isNot(0, 0)),
                when("sched_setscheduler", EPERM, isNot(0, 0)),
                when("sched_setparam", EPERM, isNot(0, 0)),
                when("sched_setattr", EPERM, isNot(0, 0))),
            denied("add_key", "request_key", "keyctl").stream())
        .toList();
  }

  private static Condition isNot(int argument, long value) {
    return Condition.isNot(argument, value);
  }

  /**
   * Typing into the terminal: {@code TIOCSTI}, and {@code TIOCLINUX} with which a console pastes,
   * see {@code ioctl_tty(2)}.
   */
  static List<SystemCallRule> terminalInput() {
    return List.of(
        when("ioctl", EPERM, Condition.is(1, TIOCSTI)),
        when("ioctl", EPERM, Condition.is(1, TIOCLINUX)));
  }

  /** What a profile lists. */
  static List<SystemCallRule> named(List<String> calls) {
    return calls.stream()
        .map(call -> always(call, IO_RING.contains(call) ? ENOSYS : EPERM))
        .toList();
  }

  /** {@code io_uring_setup(2)} and its siblings do work that no filter sees. */
  static List<SystemCallRule> ioRing() {
    return named(IO_RING);
  }

  /**
   * Modes with which a program runs with the rights of the file's owner or group, see {@code
   * inode(7)}. {@code openat2} takes its mode in memory, and libraries fall back to {@code openat}.
   */
  static List<SystemCallRule> setIdModes() {
    Stream<SystemCallRule> modes =
        Stream.of(S_ISUID, S_ISGID_S_IXGRP)
            .flatMap(
                bits ->
                    Stream.of(
                        when("chmod", EPERM, Condition.has(1, bits)),
                        when("fchmod", EPERM, Condition.has(1, bits)),
                        when("fchmodat", EPERM, Condition.has(2, bits)),
                        when("fchmodat2", EPERM, Condition.has(2, bits)),
                        when("creat", EPERM, Condition.has(1, bits)),
                        when("mknod", EPERM, Condition.has(1, bits)),
                        when("mknodat", EPERM, Condition.has(2, bits)),
                        making("open", 1, O_CREAT, bits),
                        making("open", 1, O_TMPFILE, bits),
                        making("openat", 2, O_CREAT, bits),
                        making("openat", 2, O_TMPFILE, bits)));
    return Stream.of(modes, Stream.of(always("openat2", ENOSYS)), ioRing().stream())
        .flatMap(rules -> rules)
        .toList();
  }

  /** Without such a flag there is no mode, and anything may stand in its place. */
  private static SystemCallRule making(String call, int flags, long flag, long bits) {
    return new SystemCallRule(
        call, EPERM, List.of(Condition.has(flags, flag), Condition.has(flags + 1, bits)));
  }

  private static List<SystemCallRule> denied(String... calls) {
    return Stream.of(calls).map(call -> always(call, EPERM)).toList();
  }
}
