package dev.hexe.policy.api.decision;

import org.jspecify.annotations.Nullable;

/**
 * The rights of the command on a path and everything below it, once all listed paths, the private
 * /tmp, the devices and /proc are put together.
 *
 * @param path absolute as seen inside, or {@code @cwd}, or {@code @private}
 * @param access what may be done
 * @param optional whether the path may be missing
 * @param made whether the sandbox makes what is there, so that the host's symlinks say nothing
 */
public record PathGrant(String path, Access access, boolean optional, boolean made) {
  // The JDK makes these of method handles at the first use, which takes a first run 10 ms.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PathGrant that
        && path.equals(that.path)
        && access == that.access
        && optional == that.optional
        && made == that.made;
  }

  @Override
  public int hashCode() {
    return path.hashCode();
  }

  /** The rights on a path. */
  public enum Access {
    /** List the directory itself and those below; nothing is opened. */
    LIST,
    /** Read. */
    READ_DATA,
    /** Read and execute. */
    READ,
    /** Read and write what exists, devices and processes' own files; nothing is created. */
    USE,
    /** Everything but execute. */
    WRITE_DATA,
    /** Everything. */
    WRITE;

    /** The same, but nothing is executed. */
    public Access withoutExecution() {
      return switch (this) {
        case READ -> READ_DATA;
        case WRITE -> WRITE_DATA;
        default -> this;
      };
    }

    /** The same, but nothing is written. */
    public Access withoutWriting() {
      return switch (this) {
        case WRITE -> READ;
        case WRITE_DATA, USE -> READ_DATA;
        default -> this;
      };
    }
  }

  /** A grant of something that is the host's. */
  public PathGrant(String path, Access access, boolean optional) {
    this(path, access, optional, false);
  }

  /** A grant of what the sandbox makes. */
  public static PathGrant made(String path, Access access) {
    return new PathGrant(path, access, false, true);
  }

  /** The same with another access. */
  public PathGrant with(Access other) {
    return new PathGrant(path, other, optional, made);
  }
}
