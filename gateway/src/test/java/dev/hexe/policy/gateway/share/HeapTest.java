package dev.hexe.policy.gateway.share;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The collecting of what connections leave behind. */
class HeapTest {
  private long size = 8L << 20;
  private int collected;
  private final Heap heap = new Heap(() -> size, this::collect);

  private void collect() {
    collected++;
    size -= 2L << 20;
  }

  @Test
  void aHeapThatHasGrownIsCollectedWhenManyConnectionsHaveEnded() {
    size += Heap.STEP + 1;
    end(Heap.OFTEN - 1);
    assertEquals(0, collected);
    end(1);
    assertEquals(1, collected);
  }

  @Test
  void itMayGrowAsMuchAgainFromWhatIsNeeded() {
    size += Heap.STEP + 1;
    end(2 * Heap.OFTEN);
    assertEquals(1, collected);
    size += Heap.STEP + 1;
    end(Heap.OFTEN);
    assertEquals(2, collected);
  }

  @Test
  void aHeapOfUsualSizeIsLeftAlone() {
    size += Heap.STEP;
    end(4 * Heap.OFTEN);
    assertEquals(0, collected);
  }

  private void end(int connections) {
    for (int i = 0; i < connections; i++) {
      heap.connectionEnded();
    }
  }
}
