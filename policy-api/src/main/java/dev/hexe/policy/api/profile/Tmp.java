package dev.hexe.policy.api.profile;

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
}
