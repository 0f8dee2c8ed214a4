package dev.hexe.policy.backend.seccomp;

/**
 * The kernel's answer to a call, {@code SECCOMP_RET_*} of {@code seccomp(2)}.
 *
 * @param value action and data in one number
 */
record Answer(int value) {
  static final Answer ALLOW = new Answer(0x7fff0000);
  static final Answer LOG = new Answer(0x7ffc0000);
  static final Answer KILL = new Answer(0x80000000);
  static final Answer EPERM = errno(1);

  /** Makes a library fall back to an older call that the filter can look into. */
  static final Answer ENOSYS = errno(38);

  static final Answer EAFNOSUPPORT = errno(97);

  private static final int ERRNO = 0x00050000;

  /** The call fails with {@code number}, see {@code errno(3)}. */
  static Answer errno(int number) {
    return new Answer(ERRNO | number);
  }

  // The JDK makes these of method handles at the first use, which takes long.
  @Override
  public boolean equals(Object other) {
    return other instanceof Answer that && value == that.value;
  }

  @Override
  public int hashCode() {
    return value;
  }
}
