package dev.hexe.policy.gateway.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The descriptors of a gateway: no sandbox leaves another one without any. */
class CapacityTest {
  private static final int FEW = 1024;

  private static int all(Capacity capacity) {
    int connections = 0;
    while (connections < FEW && capacity.admits(connections)) {
      connections++;
      capacity.take(Capacity.CONNECTION);
    }
    return connections;
  }

  @Test
  void whoTakesAllThereIsLeavesHalf() {
    Capacity capacity = new Capacity(FEW);
    int first = all(capacity);
    int second = all(capacity);
    assertEquals((FEW - 128) / Capacity.CONNECTION / 2, first);
    assertEquals(first / 2, second);
    assertTrue(all(capacity) > 0);
  }

  @Test
  void whatIsGivenBackIsThereAgain() {
    Capacity capacity = new Capacity(FEW);
    int first = all(capacity);
    capacity.giveBack(first * Capacity.CONNECTION);
    assertEquals(first, all(capacity));
  }

  @Test
  void threeHaveAsManyAsOneMayHaveWhereThereAreMany() {
    Capacity capacity = new Capacity(Integer.MAX_VALUE);
    assertEquals(FEW, all(capacity));
    assertEquals(FEW, all(capacity));
    assertEquals(FEW, all(capacity));
  }
}
