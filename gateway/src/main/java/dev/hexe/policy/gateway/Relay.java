package dev.hexe.policy.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;

/**
 * One direction of a connection. No more is read than the other side takes; the end of one
 * direction is passed on, and the other one goes on; what breaks off on one side breaks off on the
 * other.
 */
final class Relay extends ChannelInboundHandlerAdapter {
  private final DuplexChannel to;
  private long bytes;
  private boolean ended;

  private Relay(DuplexChannel to) {
    this.to = to;
  }

  /** How many bytes came. */
  long bytes() {
    return bytes;
  }

  /** Joins two channels that do not read by themselves, and returns both directions. */
  static Relay[] join(DuplexChannel one, DuplexChannel other) {
    Relay there = new Relay(other);
    Relay back = new Relay(one);
    one.pipeline().addLast(there);
    other.pipeline().addLast(back);
    read(one);
    read(other);
    return new Relay[] {there, back};
  }

  private static void read(DuplexChannel channel) {
    if (!channel.isInputShutdown()) {
      channel.read();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf buffer) {
      bytes += buffer.readableBytes();
    }
    to.write(message, to.voidPromise());
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    to.flush();
    if (to.isWritable() && !ended) {
      read((DuplexChannel) context.channel());
    }
  }

  /** This side takes more again, so the other one may say more. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable()) {
      read(to);
    }
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      end((DuplexChannel) context.channel());
    }
  }

  private void end(DuplexChannel from) {
    if (ended) {
      return;
    }
    ended = true;
    to.writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            (ChannelFutureListener)
                done -> to.shutdownOutput().addListener(shut -> closeWhereBothEnded(from)));
  }

  private void closeWhereBothEnded(DuplexChannel from) {
    if (from.isOutputShutdown() || !to.isOpen()) {
      from.close();
      to.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (to.isActive()) {
      to.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Channel from = context.channel();
    if (cause instanceof IOException || !(cause instanceof Error)) {
      Connections.reset(to);
      Connections.reset(from);
    }
  }
}
