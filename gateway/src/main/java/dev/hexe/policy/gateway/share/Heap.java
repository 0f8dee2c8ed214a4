package dev.hexe.policy.gateway.share;

import java.util.function.LongSupplier;

/**
 * The heap of this process. On Java 25, and not on 17, what many connections leave behind lets it
 * grow to the most that it may be before any of that is collected, and it never becomes smaller. So
 * it is collected here, when connections have ended and it has grown.
 */
public final class Heap {
  /** Looked at after so many connections. */
  static final int OFTEN = 256;

  /** It may grow so much: to collect takes some hundredths of a second, in which all wait. */
  static final long STEP = 4L << 20;

  private final LongSupplier size;
  private final Runnable collector;
  private long known;
  private int ended;

  /** Of this process. */
  public Heap() {
    this(Runtime.getRuntime()::totalMemory, System::gc);
  }

  Heap(LongSupplier size, Runnable collector) {
    this.size = size;
    this.collector = collector;
    known = size.getAsLong();
  }

  /** One more connection has ended. */
  public void connectionEnded() {
    ended++;
    if (ended % OFTEN == 0 && size.getAsLong() > known + STEP) {
      collector.run();
      known = size.getAsLong();
    }
  }
}
