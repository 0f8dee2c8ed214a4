package dev.hexe.policy.backend.seccomp;

import jnr.ffi.Pointer;
import jnr.ffi.annotations.In;
import jnr.ffi.types.size_t;
import org.jspecify.annotations.Nullable;

/** The part of libseccomp used here; see {@code seccomp_init(3)} and its siblings. */
@SuppressWarnings("checkstyle:MethodName") // The names are C's.
public interface LibSeccomp {
  @Nullable Pointer seccomp_init(int defaultAction);

  void seccomp_release(Pointer context);

  int seccomp_arch_add(Pointer context, int token);

  int seccomp_arch_remove(Pointer context, int token);

  int seccomp_merge(Pointer into, Pointer from);

  int seccomp_attr_set(Pointer context, int attribute, int value);

  int seccomp_syscall_resolve_name(@In String name);

  int seccomp_rule_add_array(
      Pointer context, int action, int call, int count, @In @Nullable Pointer comparisons);

  int seccomp_export_bpf(Pointer context, int descriptor);

  /** The part of libc that takes an exported filter back. */
  interface Memory {
    int memfd_create(@In String name, int flags);

    long pread(int descriptor, Pointer buffer, @size_t long count, long offset);

    int close(int descriptor);
  }
}
