package dev.hexe.policy.gateway.log;

import dev.hexe.policy.gateway.share.Memory;
import java.util.HashSet;
import java.util.Set;

/**
 * The decisions about one sandbox that are written down already. It holds so many: a program may
 * ask for things that are refused without an end, and none of that may hide what it was allowed.
 */
public final class Remembered {
  /** As many refusals; and as many again of what was allowed. */
  public static final int MOST = 4096;

  /** What one takes beside its letters. */
  private static final int COST = 256;

  private final Set<Decision> all = new HashSet<>();
  private final Memory.Part memory;

  /** With nothing in it yet. */
  public Remembered(Memory.Part memory) {
    this.memory = memory;
  }

  /** The state of a decision. */
  public enum State {
    /** It is remembered from now on. */
    NEW,
    /** It was remembered before. */
    KNOWN,
    /** It is not remembered, and will not be. */
    UNKEPT
  }

  /** Remembers a decision, as long as there is room. */
  public State take(Decision decision) {
    if (all.contains(decision)) {
      return State.KNOWN;
    }
    int most = decision.verdict().allowed() ? 2 * MOST : MOST;
    if (all.size() >= most || !memory.take(COST + letters(decision))) {
      return State.UNKEPT;
    }
    all.add(decision);
    return State.NEW;
  }

  private static int letters(Decision decision) {
    return decision.host().length()
        + decision.address().length()
        + decision.verdict().reason().length();
  }
}
