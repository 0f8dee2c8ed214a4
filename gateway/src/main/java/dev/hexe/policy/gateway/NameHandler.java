package dev.hexe.policy.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DefaultDnsResponse;
import io.netty.handler.codec.dns.DnsQuery;
import io.netty.handler.codec.dns.DnsResponse;

/**
 * Takes questions from datagrams or from a connection, and sends the answers back. From a
 * connection no more is read before all answers are taken: who asks and does not listen would fill
 * the memory with them.
 */
final class NameHandler extends SimpleChannelInboundHandler<DnsQuery> {
  private final NameService names;
  private int open;

  NameHandler(NameService names) {
    this.names = names;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    goOn(context);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DnsQuery query) {
    open++;
    names.answer(
        query,
        response(query),
        answer ->
            context
                .writeAndFlush(answer)
                .addListener(
                    taken -> {
                      open--;
                      goOn(context);
                    }));
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    goOn(context);
  }

  private void goOn(ChannelHandlerContext context) {
    if (open == 0 && isStream(context)) {
      context.read();
    }
  }

  private static boolean isStream(ChannelHandlerContext context) {
    return context.channel() instanceof SocketChannel;
  }

  private static DnsResponse response(DnsQuery query) {
    return query instanceof DatagramDnsQuery datagram
        ? new DatagramDnsResponse(datagram.recipient(), datagram.sender(), query.id())
        : new DefaultDnsResponse(query.id());
  }

  /** What is no question is dropped, or ends the connection it came on. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (isStream(context)) {
      context.close();
    }
  }
}
