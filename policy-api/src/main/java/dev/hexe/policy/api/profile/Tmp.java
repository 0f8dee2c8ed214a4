package dev.hexe.policy.api.profile;

import org.jspecify.annotations.Nullable;

/**
 * The directory {@code /tmp}.
 *
 * @param isPrivate whether it is the sandbox's own and empty at the start
 * @param size the most it holds, in bytes; 0 where it is the host's
 */
public record Tmp(boolean isPrivate, long size) {
  /** The host's own. */
  public static final Tmp HOST = new Tmp(false, 0);

  /** A private one of at most {@code size} bytes. */
  public static Tmp ofSize(long size) {
    return new Tmp(true, size);
  }

  // Made by hand: the JDK makes these of method handles at the first use, which takes milliseconds.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Tmp that && isPrivate == that.isPrivate && size == that.size;
  }

  @Override
  public int hashCode() {
    return 31 * Boolean.hashCode(isPrivate) + Long.hashCode(size);
  }
}
