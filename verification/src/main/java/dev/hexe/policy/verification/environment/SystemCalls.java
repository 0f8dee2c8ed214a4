package dev.hexe.policy.verification.environment;

import java.util.OptionalInt;
import jnr.ffi.LibraryLoader;

/** The numbers that system calls have here. */
@FunctionalInterface
public interface SystemCalls {
  /** The number of a call; empty where this architecture does not have it. */
  OptionalInt number(String name);

  /** The part of libseccomp used here. */
  @SuppressWarnings("checkstyle:MethodName") // The name is C's.
  interface LibSeccomp {
    int seccomp_syscall_resolve_name(String name);
  }

  /** As libseccomp knows them; none where it is not installed. */
  static SystemCalls ofThisMachine() {
    return name -> {
      try {
        int number =
            LibraryLoader.create(LibSeccomp.class)
                .failImmediately()
                .load("seccomp")
                .seccomp_syscall_resolve_name(name);
        // Below zero are calls of other architectures.
        return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
      } catch (UnsatisfiedLinkError e) {
        return OptionalInt.empty();
      }
    };
  }
}
