package dev.hexe.policy.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Whatever a proxy answers, one word comes of it, and what follows an agreement goes on unchanged.
 * The first byte says how the rest is cut into pieces.
 */
class ProxyFuzzTest {
  private static final int HEADER_END = 4;

  @FuzzTest
  void isOneAnswer(byte[] bytes) {
    List<Boolean> answers = new ArrayList<>();
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new ProxyAnswer(
                new EmbeddedChannel(), made -> answers.add(true), why -> answers.add(false)));
    int piece = bytes.length == 0 ? 1 : (bytes[0] & 0xff) + 1;
    for (int at = 1; at < bytes.length && channel.isOpen(); at += piece) {
      int length = Math.min(piece, bytes.length - at);
      channel.writeInbound(Unpooled.copiedBuffer(bytes, at, length));
    }
    String rest = inbound(channel);
    channel.close();
    assertEquals(1, answers.size(), "an answer comes once");
    if (answers.get(0)) {
      assertGoesOn(new String(bytes, 1, bytes.length - 1, StandardCharsets.ISO_8859_1), rest);
    }
  }

  private static void assertGoesOn(String text, String rest) {
    assertTrue(text.matches("(?s)HTTP/1\\.[01] 2.*"), "it agreed");
    assertEquals(text.substring(text.indexOf("\r\n\r\n") + HEADER_END), rest);
  }

  private static String inbound(EmbeddedChannel channel) {
    StringBuilder text = new StringBuilder();
    for (ByteBuf read = channel.readInbound(); read != null; read = channel.readInbound()) {
      text.append(read.toString(StandardCharsets.ISO_8859_1));
      read.release();
    }
    return text.toString();
  }
}
