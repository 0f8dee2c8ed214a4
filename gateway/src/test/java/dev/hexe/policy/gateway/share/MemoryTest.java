package dev.hexe.policy.gateway.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The memory for what sandboxes have remembered: whoever takes all there is leaves some. */
class MemoryTest {
  private static final int ALL = 1024;

  private static int all(Memory.Part part) {
    int taken = 0;
    while (part.take(1)) {
      taken++;
    }
    return taken;
  }

  @Test
  void eachLeavesAsMuchAsItHas() {
    Memory memory = new Memory(ALL);
    assertEquals(ALL / 2, all(memory.part()));
    assertEquals(ALL / 4, all(memory.part()));
    assertTrue(memory.part().take(1));
  }

  @Test
  void whatOneHadIsThereForTheNext() {
    Memory memory = new Memory(ALL);
    Memory.Part first = memory.part();
    all(first);
    first.end();
    first.end();
    assertEquals(ALL / 2, all(memory.part()));
  }
}
