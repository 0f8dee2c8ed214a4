package dev.hexe.policy.backend.landlock;

import static dev.hexe.policy.backend.landlock.FileRight.EXECUTE;
import static dev.hexe.policy.backend.landlock.FileRight.IOCTL_DEV;
import static dev.hexe.policy.backend.landlock.FileRight.MAKE_BLOCK;
import static dev.hexe.policy.backend.landlock.FileRight.MAKE_CHAR;
import static dev.hexe.policy.backend.landlock.FileRight.READ_DIR;
import static dev.hexe.policy.backend.landlock.FileRight.READ_FILE;
import static dev.hexe.policy.backend.landlock.FileRight.RESOLVE_UNIX;
import static dev.hexe.policy.backend.landlock.FileRight.TRUNCATE;
import static dev.hexe.policy.backend.landlock.FileRight.WRITE_FILE;

import dev.hexe.policy.api.decision.PathGrant.Access;
import java.util.EnumSet;
import java.util.Set;

/** The rights that an access comes down to. */
final class Rights {
  private Rights() {}

  /** The rights to grant for {@code access} on a kernel with this ABI. */
  static Set<FileRight> of(Access access, long abi) {
    EnumSet<FileRight> rights =
        switch (access) {
          case LIST -> EnumSet.of(READ_DIR);
          case READ_DATA -> EnumSet.of(READ_DIR, READ_FILE);
          case READ -> EnumSet.of(READ_DIR, READ_FILE, EXECUTE);
          case USE ->
              EnumSet.of(READ_DIR, READ_FILE, WRITE_FILE, TRUNCATE, IOCTL_DEV, RESOLVE_UNIX);
          case WRITE_DATA -> EnumSet.complementOf(EnumSet.of(MAKE_CHAR, MAKE_BLOCK, EXECUTE));
          // Nobody needs new device nodes; a writable directory on a dev mount must not bring them.
          case WRITE -> EnumSet.complementOf(EnumSet.of(MAKE_CHAR, MAKE_BLOCK));
        };
    rights.retainAll(FileRight.knownTo(abi));
    return rights;
  }

  /** What who has a file open for reading can do with it. */
  static Set<FileRight> ofReader(long abi) {
    return known(EnumSet.of(READ_FILE, IOCTL_DEV), abi);
  }

  /** What who has a file open for writing can do with it. */
  static Set<FileRight> ofWriter(long abi) {
    return known(EnumSet.of(WRITE_FILE, TRUNCATE, IOCTL_DEV), abi);
  }

  private static Set<FileRight> known(EnumSet<FileRight> rights, long abi) {
    rights.retainAll(FileRight.knownTo(abi));
    return rights;
  }

  /** What changes files, or the tree they are in. */
  static Set<FileRight> toWrite(long abi) {
    EnumSet<FileRight> rights = EnumSet.complementOf(EnumSet.of(READ_DIR, READ_FILE, EXECUTE));
    rights.removeAll(EnumSet.of(IOCTL_DEV, RESOLVE_UNIX));
    rights.retainAll(FileRight.knownTo(abi));
    return rights;
  }

  /** What an access is called in a plan. */
  static String meaning(Access access) {
    return switch (access) {
      case LIST -> "listing";
      case READ_DATA -> "reading";
      case READ -> "reading and executing";
      case USE -> "reading and writing";
      case WRITE_DATA -> "everything but executing";
      case WRITE -> "everything";
    };
  }
}
