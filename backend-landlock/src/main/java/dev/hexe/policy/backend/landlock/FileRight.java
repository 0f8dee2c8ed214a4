package dev.hexe.policy.backend.landlock;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rights {@code LANDLOCK_ACCESS_FS_*} of {@code linux/landlock.h}, each with the ABI that
 * brought it. A right that a ruleset handles is denied wherever no rule grants it.
 */
enum FileRight {
  EXECUTE(0, 1),
  WRITE_FILE(1, 1),
  READ_FILE(2, 1),
  READ_DIR(3, 1),
  REMOVE_DIR(4, 1),
  REMOVE_FILE(5, 1),
  MAKE_CHAR(6, 1),
  MAKE_DIR(7, 1),
  MAKE_REG(8, 1),
  MAKE_SOCK(9, 1),
  MAKE_FIFO(10, 1),
  MAKE_BLOCK(11, 1),
  MAKE_SYM(12, 1),
  /** Linking or renaming from one directory to another; without it in the ruleset always EXDEV. */
  REFER(13, 2),
  TRUNCATE(14, 3),
  IOCTL_DEV(15, 5),
  /** Connecting to a socket by its path. */
  RESOLVE_UNIX(16, 9);

  private final int bit;
  private final int abi;

  FileRight(int bit, int abi) {
    this.bit = bit;
    this.abi = abi;
  }

  /** All that a kernel with this ABI knows. */
  static Set<FileRight> knownTo(long abi) {
    return Arrays.stream(values())
        .filter(right -> right.abi <= abi)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(FileRight.class)));
  }

  static long bits(Set<FileRight> rights) {
    return rights.stream().mapToLong(right -> 1L << right.bit).reduce(0, (a, b) -> a | b);
  }
}
