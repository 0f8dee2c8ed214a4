package dev.hexe.policy.gateway.share;

import java.util.function.IntSupplier;

/**
 * The bytes held of one sandbox's connections between being read and being taken. All sandboxes
 * share the memory for it in equal parts, so that none can leave another one without.
 */
public final class Buffers {
  private static final long ALL = 24L << 20;
  private static final long MOST = 8L << 20;

  private final IntSupplier sandboxes;
  private long held;

  /** With how many there are at the moment. */
  public Buffers(IntSupplier sandboxes) {
    this.sandboxes = sandboxes;
  }

  /**
   * Whether the sandbox has its part. A direction of which nothing is held goes on in small pieces
   * then.
   */
  public boolean areFull() {
    return held >= Math.min(MOST, ALL / Math.max(1, sandboxes.getAsInt()));
  }

  /** So many bytes were read. */
  public void take(int bytes) {
    held += bytes;
  }

  /** So many of them were taken. */
  public void giveBack(int bytes) {
    held -= bytes;
  }
}
