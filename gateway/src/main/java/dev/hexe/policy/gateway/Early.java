package dev.hexe.policy.gateway;

import dev.hexe.policy.gateway.share.Buffers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.LastingInterest;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Holds what comes before there is anybody to pass it on to: whoever ends its direction at once is
 * read to the end, asked or not. When it goes away, everything passes on in its order.
 */
final class Early extends ChannelInboundHandlerAdapter {
  private static final int MOST = 64 << 10;

  /** Of what everybody may have, whatever else the sandbox holds. */
  private static final int LEAST = 4 << 10;

  private final Buffers buffers;

  private final Deque<Object> held = new ArrayDeque<>();
  private int bytes;
  private int size;

  Early(Buffers buffers) {
    this.buffers = buffers;
  }

  /** Lets everything pass from now on. */
  static void release(Channel channel) {
    if (channel.pipeline().get(Early.class) != null) {
      channel.pipeline().remove(Early.class);
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    LastingInterest.in(context.channel());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    bytes += message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
    int more = message instanceof ByteBuf buffer ? buffer.capacity() : 0;
    if (bytes > MOST || (bytes > LEAST && buffers.areFull())) {
      ReferenceCountUtil.release(message);
      Connections.reset(context.channel());
    } else {
      size += more;
      buffers.take(more);
      held.add(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    // Of what is held, nothing is complete yet.
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      held.add(event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Connections.reset(context.channel());
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    buffers.giveBack(size);
    if (!context.channel().isActive()) {
      held.forEach(ReferenceCountUtil::release);
      return;
    }
    while (!held.isEmpty()) {
      Object next = held.remove();
      if (next instanceof ChannelInputShutdownEvent) {
        context.fireChannelReadComplete();
        context.fireUserEventTriggered(next);
      } else {
        context.fireChannelRead(next);
      }
    }
    context.fireChannelReadComplete();
  }
}
