package dev.hexe.policy.gateway.share;

/**
 * The memory for what a sandbox has this process remember for as long as it lives: names below
 * wildcards, and what was decided about them. Each may have as much as it leaves for others.
 */
public final class Memory {
  /** Of a heap of 64 MiB, most of which is for connections. */
  private static final long ALL = 24L << 20;

  private final long all;
  private long taken;

  /** As much as a gateway has for it. */
  public Memory() {
    this(ALL);
  }

  Memory(long all) {
    this.all = all;
  }

  /** The part of one sandbox, which has nothing yet. */
  public Part part() {
    return new Part();
  }

  /** The memory of one sandbox. */
  public final class Part {
    private long held;

    private Part() {}

    /** Takes so many bytes; false where that would be more than is left for others. */
    public boolean take(int bytes) {
      if (held + bytes > all - taken) {
        return false;
      }
      held += bytes;
      taken += bytes;
      return true;
    }

    /** Gives all of it back. */
    public void end() {
      taken -= held;
      held = 0;
    }
  }
}
