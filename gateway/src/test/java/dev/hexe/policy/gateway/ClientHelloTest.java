package dev.hexe.policy.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.gateway.ClientHello.State;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Greetings of TLS, made by the JDK and spoiled here. */
class ClientHelloTest {
  private static byte[] greeting(List<String> names) throws Exception {
    SSLEngine engine = SSLContext.getDefault().createSSLEngine();
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setServerNames(
        names.stream()
            .map(name -> new SNIHostName(name))
            .map(name -> (javax.net.ssl.SNIServerName) name)
            .toList());
    engine.setSSLParameters(parameters);
    return wrapped(engine);
  }

  private static byte[] wrapped(SSLEngine engine) throws SSLException {
    ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), out);
    byte[] bytes = new byte[out.flip().remaining()];
    out.get(bytes);
    return bytes;
  }

  private static ClientHello.Result look(byte[] bytes) {
    ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
    try {
      ClientHello.Result result = new ClientHello().look(buffer);
      assertEquals(bytes.length, buffer.readableBytes(), "nothing is taken");
      return result;
    } finally {
      buffer.release();
    }
  }

  @Test
  void namesTheServer() throws Exception {
    ClientHello.Result result = look(greeting(List.of("Web.Example")));
    assertEquals(State.NAMED, result.state());
    assertEquals(Optional.of("web.example"), result.name());
  }

  @Test
  void mayNameNone() throws Exception {
    assertEquals(State.UNNAMED, look(greeting(List.of())).state());
  }

  @Test
  void isWaitedForByteByByte() throws Exception {
    byte[] whole = greeting(List.of("web.example"));
    for (int length = 0; length < whole.length; length++) {
      assertEquals(
          State.INCOMPLETE, look(java.util.Arrays.copyOf(whole, length)).state(), "of " + length);
    }
  }

  @Test
  void mayComeInManyRecords() throws Exception {
    assertEquals(
        Optional.of("web.example"),
        new ClientHello().look(records(greeting(List.of("web.example")), 50)).name());
  }

  private static ByteBuf records(byte[] whole, int size) {
    ByteBuf split = Unpooled.buffer();
    for (int at = 5; at < whole.length; at += size) {
      int length = Math.min(size, whole.length - at);
      split.writeBytes(whole, 0, 3).writeShort(length).writeBytes(whole, at, length);
    }
    return split;
  }

  /** Who cuts a greeting into records of a byte is read to the end, at no more cost than others. */
  @Test
  @Timeout(5)
  void isReadOnceHoweverSmallThePieces() throws Exception {
    ByteBuf split = records(greeting(List.of("web.example")), 1);
    byte[] much = new byte[5 + 16_000];
    System.arraycopy(new byte[] {22, 3, 1, 0, 0, 1, 0, 0x3e, (byte) 0xff}, 0, much, 0, 9);
    ByteBuf longest = records(much, 1);
    assertEquals(State.NAMED, atTheEnd(split));
    assertEquals(State.INCOMPLETE, atTheEnd(longest));
  }

  private static State atTheEnd(ByteBuf bytes) {
    ClientHello greeting = new ClientHello();
    for (int length = 1; length < bytes.readableBytes(); length++) {
      State state = greeting.look(bytes.slice(0, length)).state();
      assertEquals(State.INCOMPLETE, state, "of " + length);
    }
    return greeting.look(bytes).state();
  }

  @Test
  void whatIsSomethingElsePasses() {
    for (String text : List.of("GET / HTTP/1.1\r\n", "SSH-2.0-x\r\n", "\0\0\0\10", "hello")) {
      assertEquals(State.NOT_TLS, look(text.getBytes(StandardCharsets.ISO_8859_1)).state());
    }
  }

  /** Servers that take the form of SSL 2 see no name in it, so it is one that names none. */
  @Test
  void theOldFormNamesNone() {
    byte[] old = {(byte) 0x80, 46, 1, 3, 1, 0, 21, 0, 0, 0, 16};
    assertEquals(State.UNNAMED, look(old).state());
    for (int length = 1; length < 4; length++) {
      assertEquals(State.INCOMPLETE, look(java.util.Arrays.copyOf(old, length)).state());
    }
    old[2] = 0;
    assertEquals(State.NOT_TLS, look(old).state());
  }

  /** Whatever is changed in it, there is an answer, and never an exception. */
  @Test
  void spoiledGreetingsAreToldFromGoodOnes() throws Exception {
    byte[] whole = greeting(List.of("web.example"));
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      byte[] spoiled = java.util.Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
      for (int change = random.nextInt(6); change >= 0; change--) {
        spoiled[random.nextInt(spoiled.length)] = (byte) random.nextInt();
      }
      look(spoiled);
    }
  }
}
