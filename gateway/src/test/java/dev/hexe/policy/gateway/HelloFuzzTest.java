package dev.hexe.policy.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hexe.policy.gateway.ClientHello.Result;
import dev.hexe.policy.gateway.ClientHello.State;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Whatever a client says first, it is judged once, however it is cut into pieces. */
class HelloFuzzTest {
  /** More pieces than that take too long for what they show. */
  private static final int PIECES = 600;

  @FuzzTest
  void isJudgedOnce(byte[] bytes) {
    Result whole = look(bytes, bytes.length);
    for (int length = 0; length < Math.min(bytes.length, PIECES); length++) {
      Result part = look(bytes, length);
      if (part.state() != State.INCOMPLETE) {
        assertEquals(part, whole, "after " + length + " bytes");
      }
    }
    assertEquals(whole, inPieces(bytes), "one reader of growing bytes");
  }

  private static Result inPieces(byte[] bytes) {
    ClientHello greeting = new ClientHello();
    for (int length = 1; length < Math.min(bytes.length, PIECES); length++) {
      Result part = look(greeting, bytes, length);
      if (part.state() != State.INCOMPLETE) {
        return part;
      }
    }
    return look(greeting, bytes, bytes.length);
  }

  private static Result look(byte[] bytes, int length) {
    return look(new ClientHello(), bytes, length);
  }

  private static Result look(ClientHello greeting, byte[] bytes, int length) {
    ByteBuf buffer = Unpooled.wrappedBuffer(bytes, 0, length);
    try {
      Result result = greeting.look(buffer);
      assertEquals(length, buffer.readableBytes(), "nothing is taken");
      assertEquals(result.state() == State.NAMED, result.name().isPresent());
      return result;
    } finally {
      buffer.release();
    }
  }
}
