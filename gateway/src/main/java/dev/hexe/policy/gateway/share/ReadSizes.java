package dev.hexe.policy.gateway.share;

import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/** The size of one read: more where much comes, and little where the sandbox holds much. */
public final class ReadSizes extends DefaultMaxMessagesRecvByteBufAllocator {
  private static final int SMALL = 2 << 10;
  private static final int LARGE = 256 << 10;
  private static final int STEP = 4;

  private final Buffers buffers;

  /** One piece at a time: whether there may be another one is looked at in between. */
  public ReadSizes(Buffers buffers) {
    super(1);
    this.buffers = buffers;
  }

  @Override
  public MaxMessageHandle newHandle() {
    return new Sizes();
  }

  private final class Sizes extends MaxMessageHandle {
    private int size = SMALL;

    @Override
    public void lastBytesRead(int bytes) {
      super.lastBytesRead(bytes);
      if (bytes == attemptedBytesRead()) {
        size = Math.min(size * STEP, LARGE);
      } else if (bytes < size / STEP) {
        size = Math.max(size / STEP, SMALL);
      }
    }

    @Override
    public int guess() {
      return buffers.areFull() ? SMALL : size;
    }
  }
}
