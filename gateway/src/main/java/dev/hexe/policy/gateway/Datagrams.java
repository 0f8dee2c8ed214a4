package dev.hexe.policy.gateway;

import dev.hexe.policy.gateway.log.Decision;
import dev.hexe.policy.gateway.policy.Verdict;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Passes datagrams from one socket inside to one destination, and the answers back. Each program
 * that sends has a socket of its own outside, for as long as there is something to pass on.
 */
final class Datagrams extends SimpleChannelInboundHandler<DatagramPacket> {
  private static final String UDP = "udp";
  private static final int IDLE_SECONDS = 60;
  private static final int MOST_FLOWS = 256;
  private static final int MOST_WAITING = 16;

  /** Of what a sender may always have held, whatever else the sandbox holds. */
  private static final int LEAST = 4 << 10;

  /** As large as one may be: what is larger than the room for it would be cut off. */
  private static final int LARGEST = 64 << 10;

  private final Sandbox sandbox;
  private final Outside outside;
  private final EventLoop loop;
  private final InetSocketAddress wanted;
  private final Map<InetSocketAddress, Flow> flows = new LinkedHashMap<>(16, .75f, true);

  Datagrams(Sandbox sandbox, Outside outside, EventLoop loop, InetSocketAddress wanted) {
    this.sandbox = sandbox;
    this.outside = outside;
    this.loop = loop;
    this.wanted = wanted;
  }

  /** The socket outside of one sender inside. */
  private static final class Flow {
    final Deque<ByteBuf> waiting = new ArrayDeque<>(); // each as large as it is, not as its room
    @Nullable Channel outer;
    int held;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    makeRoom(context.channel());
  }

  private static void makeRoom(Channel channel) {
    channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(LARGEST));
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    Flow flow = flows.get(packet.sender());
    if (flow == null) {
      if (flows.size() >= MOST_FLOWS) {
        endOldest();
      }
      flow = new Flow();
      flows.put(packet.sender(), flow);
      open(context.channel(), packet.sender(), flow);
    }
    pass(flow, packet.content());
  }

  /** One for which there is no room is lost, as datagrams may be. */
  private void pass(Flow flow, ByteBuf content) {
    Channel outer = flow.outer;
    boolean goesOn = outer != null && flow.held == 0;
    boolean fits = flow.held + content.readableBytes() <= LEAST || !sandbox.buffers().areFull();
    if (!goesOn && !fits) {
      return;
    }
    if (outer == null && flow.waiting.size() < MOST_WAITING) {
      flow.waiting.add(hold(flow, content.copy()));
    } else if (outer != null && outer.isWritable()) {
      send(flow, outer, hold(flow, content.copy()));
    }
  }

  private ByteBuf hold(Flow flow, ByteBuf datagram) {
    flow.held += datagram.capacity();
    sandbox.buffers().take(datagram.capacity());
    return datagram;
  }

  private void letGo(Flow flow, int size) {
    flow.held -= size;
    sandbox.buffers().giveBack(size);
  }

  private void send(Flow flow, Channel outer, ByteBuf datagram) {
    int size = datagram.capacity();
    outer.writeAndFlush(datagram).addListener(done -> letGo(flow, size));
  }

  /** A sender that has not sent for the longest time: one that asks once and goes away, mostly. */
  private void endOldest() {
    flows.entrySet().stream().findFirst().ifPresent(entry -> end(entry.getKey(), entry.getValue()));
  }

  private void open(Channel inner, InetSocketAddress sender, Flow flow) {
    InetAddress address = wanted.getAddress();
    int port = wanted.getPort();
    Optional<String> name = sandbox.names().at(address);
    if (address.isLoopbackAddress()) {
      Verdict verdict = sandbox.policy().rules().loopback(UDP, port);
      connect(inner, sender, flow, "localhost", List.of(address), verdict);
    } else if (name.isEmpty()) {
      Verdict verdict = sandbox.policy().rules().address(address, UDP, port);
      connect(inner, sender, flow, address.getHostAddress(), List.of(address), verdict);
    } else {
      outside
          .resolver()
          .resolve(sandbox, name.get(), found -> resolved(inner, sender, flow, name.get(), found));
    }
  }

  private void resolved(
      Channel inner, InetSocketAddress sender, Flow flow, String name, Found found) {
    Verdict verdict = sandbox.policy().rules().name(name, UDP, wanted.getPort());
    List<InetAddress> fit = new ArrayList<>();
    Verdict last = Verdict.refused(found.reason());
    for (InetAddress address : found.addresses()) {
      Verdict resolved = sandbox.policy().rules().resolved(address, UDP, wanted.getPort());
      if (resolved.allowed()) {
        fit.add(address);
      } else {
        last = resolved;
      }
    }
    connect(inner, sender, flow, name, fit, verdict.allowed() && fit.isEmpty() ? last : verdict);
  }

  private void connect(
      Channel inner,
      InetSocketAddress sender,
      Flow flow,
      String host,
      List<InetAddress> addresses,
      Verdict verdict) {
    if (!verdict.allowed()) {
      sandbox.refuse(UDP, host, wanted.getPort(), verdict);
      end(sender, flow);
      return;
    }
    String shown = addresses.get(0).getHostAddress();
    sandbox.note(new Decision(UDP, host, shown, wanted.getPort(), verdict));
    new Bootstrap()
        .group(loop)
        .channel(EpollDatagramChannel.class)
        .handler(new Answers(inner, sender, () -> end(sender, flow)))
        .connect(new InetSocketAddress(addresses.get(0), wanted.getPort()))
        .addListener(
            (ChannelFutureListener)
                done -> {
                  boolean isWanted = inner.isActive() && flows.get(sender) == flow;
                  if (!done.isSuccess() || !isWanted || !admits(done.channel(), host)) {
                    done.channel().close();
                    end(sender, flow);
                    return;
                  }
                  sandbox.add(done.channel());
                  flow.outer = done.channel();
                  flow.waiting.forEach(datagram -> send(flow, done.channel(), datagram));
                  flow.waiting.clear();
                });
  }

  private boolean admits(Channel outer, String host) {
    Optional<Verdict> objection =
        ThisHost.objection(sandbox, outer, UDP, host, wanted.getPort())
            .or(() -> sandbox.admits(outer) ? Optional.empty() : Optional.of(Sandbox.FULL));
    objection.ifPresent(verdict -> sandbox.refuse(UDP, host, wanted.getPort(), verdict));
    return objection.isEmpty();
  }

  private void end(InetSocketAddress sender, Flow flow) {
    flows.remove(sender, flow);
    Channel outer = flow.outer;
    if (outer != null) {
      outer.close();
    }
    for (ByteBuf datagram : flow.waiting) {
      letGo(flow, datagram.capacity());
      datagram.release();
    }
    flow.waiting.clear();
  }

  /** Sends what comes from outside to whom it is for. */
  private static final class Answers extends SimpleChannelInboundHandler<DatagramPacket> {
    private final Channel inner;
    private final InetSocketAddress sender;
    private final Runnable atEnd;

    Answers(Channel inner, InetSocketAddress sender, Runnable atEnd) {
      this.inner = inner;
      this.sender = sender;
      this.atEnd = atEnd;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      makeRoom(context.channel());
      context.pipeline().addFirst(new IdleStateHandler(0, 0, IDLE_SECONDS));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      if (inner.isWritable()) {
        inner.writeAndFlush(new DatagramPacket(packet.content().copy(), sender));
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      atEnd.run();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  /** An error that the kernel reports for one sender is not the end of the socket for all. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.read();
  }
}
