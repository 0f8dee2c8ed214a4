package dev.hexe.policy.api.decision;

/**
 * What the command may do with a path and everything below it, once all listed paths, the private
 * /tmp, the devices and /proc are put together.
 *
 * @param path absolute as seen inside, or {@code @cwd}, or {@code @private}
 * @param access what may be done
 * @param optional whether the path may be missing
 */
public record PathGrant(String path, Access access, boolean optional) {
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
