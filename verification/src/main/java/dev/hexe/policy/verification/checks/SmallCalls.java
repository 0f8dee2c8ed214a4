package dev.hexe.policy.verification.checks;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The numbers that calls have for programs of 32 bits on x86, of those that profiles deny. */
final class SmallCalls {
  private static final Map<String, Integer> NUMBERS =
      Map.ofEntries(
          Map.entry("acct", 51),
          Map.entry("swapon", 87),
          Map.entry("reboot", 88),
          Map.entry("swapoff", 115),
          Map.entry("init_module", 128),
          Map.entry("delete_module", 129),
          Map.entry("quotactl", 131),
          Map.entry("kexec_load", 283),
          Map.entry("add_key", 286),
          Map.entry("request_key", 287),
          Map.entry("keyctl", 288),
          Map.entry("perf_event_open", 336),
          Map.entry("open_by_handle_at", 342),
          Map.entry("finit_module", 350),
          Map.entry("bpf", 357),
          Map.entry("userfaultfd", 374),
          Map.entry("io_uring_setup", 425),
          Map.entry("io_uring_enter", 426),
          Map.entry("io_uring_register", 427));

  private SmallCalls() {}

  /** Those among {@code names} whose number is known, by name. */
  static Map<String, Integer> among(List<String> names) {
    Map<String, Integer> known = new TreeMap<>(NUMBERS);
    known.keySet().retainAll(names);
    return known;
  }
}
