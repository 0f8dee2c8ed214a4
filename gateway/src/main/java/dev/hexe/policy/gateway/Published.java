package dev.hexe.policy.gateway;

import dev.hexe.policy.gateway.share.ReadSizes;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.LastingInterest;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.FileDescriptor;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The first process of a sandbox, as seen from here: asked for a connection to a port inside, it
 * answers with a socket, in the order of the questions.
 */
final class Published extends ChannelInboundHandlerAdapter {
  private static final int MOST_WAITING = 256;

  private final Channel connector;
  private final EventLoop loop;
  private final Deque<Consumer<Optional<EpollSocketChannel>>> waiting = new ArrayDeque<>();
  private final Sandbox sandbox;

  Published(Channel connector, EventLoop loop, Sandbox sandbox) {
    this.connector = connector;
    this.loop = loop;
    this.sandbox = sandbox;
  }

  /** Joins a connection that came from the host with a new one to a port inside. */
  void join(DuplexChannel outer, int port) {
    sandbox.add(outer);
    if (!connector.isActive() || waiting.size() >= MOST_WAITING || !sandbox.admits(outer)) {
      Connections.reset(outer);
      return;
    }
    waiting.add(
        inner -> inner.ifPresentOrElse(it -> join(outer, it), () -> Connections.reset(outer)));
    connector.writeAndFlush(Unpooled.copyShort(port));
  }

  private void join(DuplexChannel outer, EpollSocketChannel inner) {
    inner.config().setAutoRead(false).setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    inner.config().setWriteBufferWaterMark(Connections.WATER_MARK);
    inner.config().setRecvByteBufAllocator(new ReadSizes(sandbox.buffers()));
    loop.register(inner)
        .addListener(
            registered -> {
              sandbox.add(inner);
              LastingInterest.in(inner);
              if (inner.isActive() && isConnecting(inner) && outer.isActive()) {
                Relay.join(outer, inner, sandbox.buffers());
                Early.release(outer);
              } else {
                inner.close();
                Connections.reset(outer);
              }
            });
  }

  /**
   * One that never will has no port. One that is not accepted yet has, and can be used as if it
   * were: what is written waits for it.
   */
  private static boolean isConnecting(Channel inner) {
    return inner.localAddress() instanceof InetSocketAddress here && here.getPort() != 0;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof FileDescriptor descriptor)) {
      return;
    }
    Consumer<Optional<EpollSocketChannel>> next = waiting.poll();
    EpollSocketChannel inner = new EpollSocketChannel(descriptor.intValue());
    if (next == null) {
      loop.register(inner).addListener(registered -> inner.close());
    } else {
      next.accept(Optional.of(inner));
    }
  }

  /** The first process cannot answer any more, or has ended. */
  @Override
  public void channelInactive(ChannelHandlerContext context) {
    List.copyOf(waiting).forEach(next -> next.accept(Optional.empty()));
    waiting.clear();
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
