package dev.hexe.policy.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.gateway.share.Buffers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Clients that begin and do not go on: what is held for them is counted, bounded, and let go. */
class HeldBytesTest {
  private static final int MEBIBYTE = 1 << 20;

  private final Buffers buffers = new Buffers(() -> 1);

  /** A record of TLS that says it has 16 KiB, and the beginning of it. */
  private static ByteBuf half(int length) {
    ByteBuf bytes = Unpooled.buffer(length);
    bytes.writeByte(22).writeByte(3).writeByte(1).writeShort(1 << 14);
    return bytes.writeZero(length - bytes.readableBytes());
  }

  private EmbeddedChannel checked() {
    return new EmbeddedChannel(new ServerNameCheck(buffers, result -> Optional.empty()));
  }

  @Test
  void halfAGreetingIsCounted() {
    buffers.take(8 * MEBIBYTE - 8000);
    EmbeddedChannel channel = checked();
    channel.writeInbound(half(10_000));
    assertTrue(buffers.areFull());
    channel.close();
    assertFalse(buffers.areFull());
  }

  @Test
  void aLongOneEndsWhereTooMuchIsHeld() {
    buffers.take(8 * MEBIBYTE);
    EmbeddedChannel small = checked();
    small.writeInbound(half(1000));
    assertTrue(small.isOpen());
    EmbeddedChannel large = checked();
    large.writeInbound(half(10_000));
    assertFalse(large.isOpen());
    small.close();
  }

  /** What waits for its time would keep the connection in memory. */
  @Test
  void nothingWaitsForAProxyThatHasAnswered() {
    EmbeddedChannel channel =
        new EmbeddedChannel(new ProxyAnswer(new EmbeddedChannel(), made -> {}, why -> {}));
    assertTrue(channel.runScheduledPendingTasks() > 0);
    channel.writeInbound(
        Unpooled.copiedBuffer("HTTP/1.1 200 OK\r\n\r\n", StandardCharsets.US_ASCII));
    assertEquals(-1, channel.runScheduledPendingTasks());
    EmbeddedChannel ended =
        new EmbeddedChannel(new ProxyAnswer(new EmbeddedChannel(), made -> {}, why -> {}));
    ended.close();
    assertEquals(-1, ended.runScheduledPendingTasks());
  }
}
