package dev.hexe.policy.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DefaultDnsResponse;
import io.netty.handler.codec.dns.DnsQuery;
import io.netty.handler.codec.dns.DnsResponse;

/** Takes questions from datagrams or from a connection, and sends the answers back. */
final class NameHandler extends SimpleChannelInboundHandler<DnsQuery> {
  private final NameService names;

  NameHandler(NameService names) {
    this.names = names;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DnsQuery query) {
    names.answer(query, response(query), context::writeAndFlush);
  }

  private static DnsResponse response(DnsQuery query) {
    return query instanceof DatagramDnsQuery datagram
        ? new DatagramDnsResponse(datagram.recipient(), datagram.sender(), query.id())
        : new DefaultDnsResponse(query.id());
  }

  /** What is no question is dropped, or ends the connection it came on. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (context.channel() instanceof io.netty.channel.socket.SocketChannel) {
      context.close();
    }
  }
}
