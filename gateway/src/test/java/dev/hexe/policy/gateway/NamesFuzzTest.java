package dev.hexe.policy.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DnsQuery;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.handler.codec.dns.TcpDnsQueryDecoder;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Whatever a question for a name is, it is taken or dropped, and no odd name goes any further. */
class NamesFuzzTest {
  private static final InetSocketAddress HERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 53);

  @FuzzTest
  void isTakenOrDropped(byte[] bytes) {
    DatagramPacket packet = new DatagramPacket(Unpooled.wrappedBuffer(bytes), HERE, HERE);
    feed(new DatagramDnsQueryDecoder(), packet);
    feed(new TcpDnsQueryDecoder(), Unpooled.wrappedBuffer(bytes));
  }

  private static void feed(ChannelHandler decoder, Object message) {
    EmbeddedChannel channel = new EmbeddedChannel(decoder);
    try {
      channel.writeInbound(message);
    } catch (DecoderException e) {
      return;
    } finally {
      look(channel);
      channel.close();
    }
  }

  private static void look(EmbeddedChannel channel) {
    for (Object read = channel.readInbound(); read != null; read = channel.readInbound()) {
      if (read instanceof DnsQuery query) {
        for (int i = 0; i < query.count(DnsSection.QUESTION); i++) {
          DnsQuestion question = query.recordAt(DnsSection.QUESTION, i);
          String name = question.name();
          assertTrue(!NameService.isName(name) || isPlain(name), name);
        }
      }
      ReferenceCountUtil.release(read);
    }
  }

  /** Nothing in it means anything to a resolver, a shell or a file. */
  private static boolean isPlain(String name) {
    return !name.isEmpty()
        && name.length() <= 253
        && !name.startsWith("-")
        && !name.contains("..")
        && name.chars().allMatch(it -> it == '.' || it == '-' || it == '_' || isAlphanumeric(it));
  }

  private static boolean isAlphanumeric(int character) {
    return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
  }
}
