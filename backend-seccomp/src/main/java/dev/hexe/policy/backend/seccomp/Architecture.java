package dev.hexe.policy.backend.seccomp;

import java.util.Optional;

/**
 * The 32-bit architecture whose programs run beside native ones.
 *
 * @param token what libseccomp and {@code linux/audit.h} call it
 */
record Architecture(int token) {
  /** What libseccomp takes for the one it runs on. */
  static final int NATIVE = 0;

  private static final Architecture X86 = new Architecture(0x40000003);
  private static final Architecture ARM = new Architecture(0x40000028);

  /** That of this processor; x32 is left out, which no program needs. */
  static Optional<Architecture> secondary() {
    return switch (System.getProperty("os.arch", "")) {
      case "amd64" -> Optional.of(X86);
      case "aarch64" -> Optional.of(ARM);
      default -> Optional.empty();
    };
  }
}
