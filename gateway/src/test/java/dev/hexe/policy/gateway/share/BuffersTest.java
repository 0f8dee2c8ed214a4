package dev.hexe.policy.gateway.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The bytes on their way that a sandbox may have, and the size of one read. */
class BuffersTest {
  private static final int MEBIBYTE = 1 << 20;

  private final AtomicInteger sandboxes = new AtomicInteger(1);
  private final Buffers buffers = new Buffers(sandboxes::get);

  @Test
  void moreSandboxesHaveLessEach() {
    buffers.take(MEBIBYTE);
    assertFalse(buffers.areFull());
    sandboxes.set(100);
    assertTrue(buffers.areFull());
  }

  @Test
  void whatIsGivenBackIsThereAgain() {
    buffers.take(8 * MEBIBYTE);
    assertTrue(buffers.areFull());
    buffers.giveBack(1);
    assertFalse(buffers.areFull());
  }

  @Test
  void moreIsReadWhereMuchComesAndLittleWhereMuchIsHeld() {
    var sizes = new ReadSizes(buffers).newHandle();
    int first = sizes.guess();
    for (int i = 0; i < 10; i++) {
      sizes.attemptedBytesRead(sizes.guess());
      sizes.lastBytesRead(sizes.guess());
    }
    assertEquals(256 << 10, sizes.guess());
    buffers.take(8 * MEBIBYTE);
    assertEquals(first, sizes.guess());
  }
}
