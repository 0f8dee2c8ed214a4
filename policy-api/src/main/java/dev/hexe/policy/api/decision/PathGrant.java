package dev.hexe.policy.api.decision;

import org.jspecify.annotations.Nullable;

/**
 * What the command may do with a path and everything below it, once all listed paths, the private
 * /tmp, the devices and /proc are put together.
 *
 * @param path absolute as seen inside, or {@code @cwd}, or {@code @private}
 * @param access what may be done
 * @param optional whether the path may be missing
 */
public record PathGrant(String path, Access access, boolean optional) {
  // The JDK makes these of method handles at the first use, which takes a first run 10 ms.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PathGrant that
        && path.equals(that.path)
        && access == that.access
        && optional == that.optional;
  }

  @Override
  public int hashCode() {
    return path.hashCode();
  }

  /** What may be done with a path. */
  public enum Access {
    /** List the directory itself and those below; nothing is opened. */
    LIST,
    /** Read and execute. */
    READ,
    /** Read and write what exists, devices and processes' own files; nothing is created. */
    USE,
    /** Everything. */
    WRITE
  }
}
