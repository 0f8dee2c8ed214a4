package dev.hexe.policy.gateway;

import dev.hexe.policy.gateway.share.Buffers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection. No more is read than the other side takes and may be held; the end
 * of one direction is passed on, and the other one goes on; what breaks off on one side breaks off
 * on the other.
 */
final class Relay extends ChannelInboundHandlerAdapter {
  private final DuplexChannel from;
  private final DuplexChannel to;
  private final Buffers buffers;
  private @Nullable Relay opposite;
  private long bytes;
  private long held;
  private boolean waits;
  private boolean ended;

  private Relay(DuplexChannel from, DuplexChannel to, Buffers buffers) {
    this.from = from;
    this.to = to;
    this.buffers = buffers;
  }

  /** How many bytes came. */
  long bytes() {
    return bytes;
  }

  /** Joins two channels that do not read by themselves, and returns both directions. */
  static Relay[] join(DuplexChannel one, DuplexChannel other, Buffers buffers) {
    Relay there = new Relay(one, other, buffers);
    Relay back = new Relay(other, one, buffers);
    there.opposite = back;
    back.opposite = there;
    one.pipeline().addLast(there);
    other.pipeline().addLast(back);
    there.read();
    back.read();
    return new Relay[] {there, back};
  }

  private void read() {
    if (!from.isInputShutdown()) {
      from.read();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    int size = message instanceof ByteBuf buffer ? buffer.capacity() : 0;
    bytes += message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
    held += size;
    buffers.take(size);
    to.write(message).addListener(done -> taken(size));
  }

  private void taken(int size) {
    held -= size;
    buffers.giveBack(size);
    goOn();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    waits = true;
    to.flush();
    goOn();
  }

  /** Reads more, where the other side takes it and it may be held. */
  private void goOn() {
    if (waits && !ended && to.isWritable() && (held == 0 || !buffers.areFull())) {
      waits = false;
      read();
    }
  }

  /** This side takes more again, so the other one may say more. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    Relay other = opposite;
    if (other != null) {
      other.goOn();
    }
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      end();
    }
  }

  private void end() {
    if (ended) {
      return;
    }
    ended = true;
    to.writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            (ChannelFutureListener)
                done -> to.shutdownOutput().addListener(shut -> closeWhereBothEnded()));
  }

  private void closeWhereBothEnded() {
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

  /** Also where there is no memory: an end that looks like any other would cut off what is said. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Connections.reset(to);
    Connections.reset(from);
  }
}
