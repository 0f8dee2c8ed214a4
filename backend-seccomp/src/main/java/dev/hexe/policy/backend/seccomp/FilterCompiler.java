package dev.hexe.policy.backend.seccomp;

import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.problem.Misfit;
import java.util.List;
import java.util.Map;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/**
 * Compiles rules into a filter of classic BPF with libseccomp, see {@code seccomp(2)}. Programs of
 * the 32-bit architecture that the processor also runs are under the same rules; calls of any
 * other, x32 included, kill the process.
 */
final class FilterCompiler {
  private static final int BAD_ARCHITECTURE = 2;
  private static final int OPTIMIZE = 8;
  private static final int BINARY_TREE = 2;
  private static final int UNKNOWN_CALL = -1;

  /** Newer than the libraries of this time, and with one number everywhere. */
  private static final Map<String, Integer> NEW_CALLS = Map.of("fchmodat2", 452);

  private static final int ALREADY_SAID = -17;
  private static final int MEMFD_CLOEXEC = 1;
  private static final int LONGEST_FILTER = 4096 * 8;

  private final LibSeccomp library;
  private final LibSeccomp.Memory memory;
  private final Runtime runtime;

  FilterCompiler() {
    library =
        LibraryLoader.create(LibSeccomp.class)
            .failImmediately()
            .load(LibSeccompFinder.find().orElse("seccomp"));
    memory = LibraryLoader.create(LibSeccomp.Memory.class).failImmediately().load("c");
    runtime = Runtime.getRuntime(library);
  }

  /**
   * The filter, an array of {@code struct sock_filter}.
   *
   * @param otherwise what is done with calls that no rule is about
   * @throws CannotCompileException where a call is unknown or libseccomp fails
   */
  byte[] compile(Answer otherwise, List<SystemCallRule> rules) {
    Pointer context = start(otherwise);
    try {
      refuseUnknown(rules);
      rules.forEach(rule -> add(context, rule));
      Architecture.secondary().ifPresent(other -> merge(context, otherwise, other, rules));
      return export(context);
    } finally {
      library.seccomp_release(context);
    }
  }

  /** Whether the library knows a call of this name, on any architecture. */
  boolean knows(String call) {
    return library.seccomp_syscall_resolve_name(call) != UNKNOWN_CALL;
  }

  private Pointer start(Answer otherwise) {
    Pointer context = library.seccomp_init(otherwise.value());
    if (context == null) {
      throw failure("start a filter", 0);
    }
    int killed = Answer.KILL.value();
    check("set the architecture", library.seccomp_attr_set(context, BAD_ARCHITECTURE, killed));
    // Missing before libseccomp 2.5; the filter is the same without, only slower.
    library.seccomp_attr_set(context, OPTIMIZE, BINARY_TREE);
    return context;
  }

  /** The rules for another architecture, which libseccomp takes over and frees. */
  private void merge(
      Pointer context, Answer otherwise, Architecture other, List<SystemCallRule> rules) {
    Pointer secondary = start(otherwise);
    check("take 32-bit programs", library.seccomp_arch_add(secondary, other.token()));
    check("leave 64-bit programs", library.seccomp_arch_remove(secondary, Architecture.NATIVE));
    rules.stream().flatMap(SecondaryCalls::of).distinct().forEach(rule -> add(secondary, rule));
    check("join the filters", library.seccomp_merge(context, secondary));
  }

  private void refuseUnknown(List<SystemCallRule> rules) {
    List<Misfit> unknown =
        rules.stream()
            .map(SystemCallRule::call)
            .distinct()
            .filter(call -> number(call) == UNKNOWN_CALL)
            .map(FilterCompiler::unknown)
            .toList();
    if (!unknown.isEmpty()) {
      throw new CannotCompileException(unknown);
    }
  }

  private static Misfit unknown(String call) {
    return new Misfit(
        "privileges.deny-system-calls",
        call,
        "the installed libseccomp does not know the system call `" + call + "`",
        "use a newer libseccomp, or leave it out; see `syscalls(2)` for the names");
  }

  private int number(String call) {
    int number = library.seccomp_syscall_resolve_name(call);
    return number == UNKNOWN_CALL ? NEW_CALLS.getOrDefault(call, UNKNOWN_CALL) : number;
  }

  private void add(Pointer context, SystemCallRule rule) {
    int call = number(rule.call());
    int result =
        library.seccomp_rule_add_array(
            context,
            rule.answer().value(),
            call,
            rule.conditions().size(),
            Comparison.array(runtime, rule.conditions()));
    if (result != ALREADY_SAID) {
      check("filter `" + rule.call() + "`", result);
    }
  }

  private byte[] export(Pointer context) {
    int descriptor = memory.memfd_create("filter", MEMFD_CLOEXEC);
    if (descriptor < 0) {
      throw failure("make room for the filter", descriptor);
    }
    try {
      check("export the filter", library.seccomp_export_bpf(context, descriptor));
      return read(descriptor);
    } finally {
      memory.close(descriptor);
    }
  }

  private byte[] read(int descriptor) {
    Pointer buffer = Memory.allocateDirect(runtime, LONGEST_FILTER);
    long length = memory.pread(descriptor, buffer, LONGEST_FILTER, 0);
    if (length <= 0) {
      throw failure("read the filter back", (int) length);
    }
    byte[] filter = new byte[(int) length];
    buffer.get(0, filter, 0, filter.length);
    return filter;
  }

  private static void check(String what, int result) {
    if (result != 0) {
      throw failure(what, result);
    }
  }

  private static CannotCompileException failure(String what, int result) {
    return new CannotCompileException(
        "libseccomp cannot %s (error %d)".formatted(what, -result), "");
  }
}
