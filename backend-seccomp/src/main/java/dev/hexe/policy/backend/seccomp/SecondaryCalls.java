package dev.hexe.policy.backend.seccomp;

import static java.util.Map.entry;

import dev.hexe.policy.api.profile.SystemCalls.Operator;
import dev.hexe.policy.backend.seccomp.SystemCallRule.Condition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rules for programs of 32 bits, where one call of today has several names: with a suffix for
 * wider numbers, or as one of the calls that take the number of another call as an argument.
 */
final class SecondaryCalls {
  private static final Set<String> IDS =
      Set.of(
          "chown",
          "fchown",
          "lchown",
          "getuid",
          "geteuid",
          "getgid",
          "getegid",
          "setuid",
          "setgid",
          "setreuid",
          "setregid",
          "setresuid",
          "getresuid",
          "setresgid",
          "getresgid",
          "getgroups",
          "setgroups",
          "setfsuid",
          "setfsgid");

  private static final Map<String, List<String>> NAMES =
      Map.ofEntries(
          entry("stat", List.of("stat64", "oldstat")),
          entry("lstat", List.of("lstat64", "oldlstat")),
          entry("fstat", List.of("fstat64", "oldfstat")),
          entry("newfstatat", List.of("fstatat64")),
          entry("truncate", List.of("truncate64")),
          entry("ftruncate", List.of("ftruncate64")),
          entry("statfs", List.of("statfs64")),
          entry("fstatfs", List.of("fstatfs64")),
          entry("fcntl", List.of("fcntl64")),
          entry("sendfile", List.of("sendfile64")),
          entry("fadvise64", List.of("fadvise64_64", "arm_fadvise64_64")),
          entry("sync_file_range", List.of("arm_sync_file_range", "sync_file_range2")),
          entry("mmap", List.of("mmap2")),
          entry("lseek", List.of("_llseek")),
          entry("select", List.of("_newselect")),
          entry("getdents", List.of("readdir")),
          entry("umount2", List.of("umount")),
          entry("uname", List.of("olduname", "oldolduname")),
          entry("setpriority", List.of("nice")),
          entry("getrlimit", List.of("ugetrlimit")),
          entry("wait4", List.of("waitpid")),
          entry("rt_sigaction", List.of("sigaction", "signal")),
          entry("rt_sigprocmask", List.of("sigprocmask", "sgetmask", "ssetmask")),
          entry("rt_sigpending", List.of("sigpending")),
          entry("rt_sigreturn", List.of("sigreturn")),
          entry("rt_sigsuspend", List.of("sigsuspend")),
          entry("rt_sigtimedwait", List.of("rt_sigtimedwait_time64")),
          entry("settimeofday", List.of("stime")),
          entry("clock_gettime", List.of("clock_gettime64")),
          entry("clock_settime", List.of("clock_settime64")),
          entry("clock_adjtime", List.of("clock_adjtime64")),
          entry("clock_getres", List.of("clock_getres_time64")),
          entry("clock_nanosleep", List.of("clock_nanosleep_time64")),
          entry("timer_gettime", List.of("timer_gettime64")),
          entry("timer_settime", List.of("timer_settime64")),
          entry("timerfd_gettime", List.of("timerfd_gettime64")),
          entry("timerfd_settime", List.of("timerfd_settime64")),
          entry("utimensat", List.of("utimensat_time64")),
          entry("pselect6", List.of("pselect6_time64")),
          entry("ppoll", List.of("ppoll_time64")),
          entry("io_pgetevents", List.of("io_pgetevents_time64")),
          entry("recvmmsg", List.of("recvmmsg_time64")),
          entry("mq_timedsend", List.of("mq_timedsend_time64")),
          entry("mq_timedreceive", List.of("mq_timedreceive_time64")),
          entry("semop", List.of("semtimedop_time64")),
          entry("semtimedop", List.of("semtimedop_time64")),
          entry("futex", List.of("futex_time64")),
          entry("sched_rr_get_interval", List.of("sched_rr_get_interval_time64")));

  /** The first argument of {@code ipc(2)}, in its low 16 bits; the others hold a version. */
  private static final Map<String, Integer> IPC =
      Map.ofEntries(
          entry("semop", 1),
          entry("semget", 2),
          entry("semctl", 3),
          entry("semtimedop", 4),
          entry("msgsnd", 11),
          entry("msgrcv", 12),
          entry("msgget", 13),
          entry("msgctl", 14),
          entry("shmat", 21),
          entry("shmdt", 22),
          entry("shmget", 23),
          entry("shmctl", 24));

  private static final int IPC_CALL = 0xffff;

  /** Those of {@code socketcall(2)} that conditions are put on in practice, by their first use. */
  private static final Set<String> SOCKETS =
      Set.of(
          "socket",
          "bind",
          "connect",
          "listen",
          "accept",
          "getsockname",
          "getpeername",
          "socketpair",
          "sendto",
          "recvfrom",
          "shutdown",
          "setsockopt",
          "getsockopt",
          "sendmsg",
          "recvmsg",
          "accept4",
          "recvmmsg",
          "sendmmsg");

  private SecondaryCalls() {}

  /** What {@code rule} comes down to for them. */
  static Stream<SystemCallRule> of(SystemCallRule rule) {
    return Stream.concat(renamed(rule), multiplexed(rule));
  }

  /** All names of a call, its own first. */
  static Stream<String> names(String call) {
    Stream<String> wide = IDS.contains(call) ? Stream.of(call + "32") : Stream.empty();
    return Stream.of(Stream.of(call), NAMES.getOrDefault(call, List.of()).stream(), wide)
        .flatMap(names -> names);
  }

  /**
   * Behind {@code socketcall} and {@code ipc} a filter cannot see arguments. So a call that is
   * denied for some is denied for all, and one that is allowed for some is not allowed.
   */
  private static Stream<SystemCallRule> renamed(SystemCallRule rule) {
    boolean unseen =
        !rule.conditions().isEmpty()
            && (IPC.containsKey(rule.call()) || (SOCKETS.contains(rule.call()) && !first(rule)));
    if (unseen && rule.answer().equals(Answer.ALLOW)) {
      return Stream.empty();
    }
    return names(rule.call())
        .map(
            name ->
                new SystemCallRule(name, rule.answer(), unseen ? List.of() : rule.conditions()));
  }

  /** libseccomp drops a condition on the first argument there, and misplaces all others. */
  private static boolean first(SystemCallRule rule) {
    return !rule.answer().equals(Answer.ALLOW)
        && rule.conditions().stream().allMatch(condition -> condition.argument() == 0);
  }

  /** libseccomp compares the whole argument of {@code ipc}, of which the kernel uses a half. */
  private static Stream<SystemCallRule> multiplexed(SystemCallRule rule) {
    Integer number = IPC.get(rule.call());
    return number == null || rule.answer().equals(Answer.ALLOW)
        ? Stream.empty()
        : Stream.of(
            SystemCallRule.when(
                "ipc", rule.answer(), new Condition(0, Operator.MASKED, IPC_CALL, number)));
  }
}
