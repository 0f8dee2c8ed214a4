package dev.hexe.policy.backend.seccomp;

import dev.hexe.policy.api.spi.CannotCompileException;
import dev.hexe.policy.backend.seccomp.SystemCallRule.Condition;
import java.util.List;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.jspecify.annotations.Nullable;

/**
 * Compiles rules into a filter of classic BPF with libseccomp, see {@code seccomp(2)}. Calls of
 * another architecture than the native one, x32 included, kill the process: the rules speak of
 * native numbers.
 */
final class FilterCompiler {
  private static final int ALLOW = 0x7fff0000;
  private static final int KILL_PROCESS = 0x80000000;
  private static final int ERRNO = 0x00050000;
  private static final int BAD_ARCHITECTURE = 2;
  private static final int OPTIMIZE = 8;
  private static final int BINARY_TREE = 2;
  private static final int UNKNOWN_CALL = -1;
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
   * @throws CannotCompileException where a call is unknown or libseccomp fails
   */
  byte[] compile(List<SystemCallRule> rules) {
    Pointer context = library.seccomp_init(ALLOW);
    if (context == null) {
      throw failure("start a filter", 0);
    }
    try {
      check(
          "set the architecture",
          library.seccomp_attr_set(context, BAD_ARCHITECTURE, KILL_PROCESS));
      // Missing before libseccomp 2.5; the filter is the same without, only slower.
      library.seccomp_attr_set(context, OPTIMIZE, BINARY_TREE);
      rules.forEach(rule -> add(context, rule));
      return export(context);
    } finally {
      library.seccomp_release(context);
    }
  }

  private void add(Pointer context, SystemCallRule rule) {
    int call = library.seccomp_syscall_resolve_name(rule.call());
    if (call == UNKNOWN_CALL) {
      throw new CannotCompileException(
          "unknown system call `" + rule.call() + "`", "see `syscalls(2)` for the names");
    }
    check(
        "filter `" + rule.call() + "`",
        library.seccomp_rule_add_array(
            context,
            ERRNO | rule.errno().number(),
            call,
            rule.conditions().size(),
            comparisons(rule.conditions())));
  }

  private @Nullable Pointer comparisons(List<Condition> conditions) {
    if (conditions.isEmpty()) {
      return null;
    }
    Pointer array = Memory.allocateDirect(runtime, Comparison.SIZE * conditions.size(), true);
    for (int i = 0; i < conditions.size(); i++) {
      Comparison.put(array, Comparison.SIZE * i, conditions.get(i));
    }
    return array;
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

  /** {@code struct scmp_arg_cmp}. */
  private static final class Comparison {
    static final int SIZE = 24;
    private static final int DIFFERENT = 1;
    private static final int MASKED_EQUAL = 7;

    static void put(Pointer array, int offset, Condition condition) {
      array.putInt(offset, condition.argument());
      array.putInt(offset + 4, condition.equal() ? MASKED_EQUAL : DIFFERENT);
      array.putLong(offset + 8, condition.equal() ? condition.mask() : condition.value());
      array.putLong(offset + 16, condition.equal() ? condition.value() : 0);
    }
  }
}
