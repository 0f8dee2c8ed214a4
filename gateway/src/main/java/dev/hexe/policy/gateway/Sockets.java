package dev.hexe.policy.gateway;

import dev.hexe.policy.gateway.policy.Policy;
import dev.hexe.policy.gateway.policy.Policy.Listening;
import dev.hexe.policy.gateway.share.ReadSizes;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DnsRecordDecoder;
import io.netty.handler.codec.dns.TcpDnsQueryDecoder;
import io.netty.handler.codec.dns.TcpDnsResponseEncoder;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Makes what was handed over, and what listens on the host, part of this process. */
final class Sockets {
  private static final int NAME_SERVICE = 53;
  private static final int NAME_SECONDS = 10;

  /** More than any question takes: a name, and what a client says of itself. */
  private static final int LONGEST_QUESTION = 2 << 10;

  private final EventLoop loop;
  private final Sandbox sandbox;
  private final Outside outside;
  private final NameService names;

  Sockets(EventLoop loop, Sandbox sandbox, Outside outside) {
    this.loop = loop;
    this.sandbox = sandbox;
    this.outside = outside;
    names = new NameService(sandbox, outside);
  }

  /** Takes a socket that listens inside, or is connected to the sandbox's first process. */
  Optional<Published> adopt(int descriptor, Listening listening) {
    switch (listening.kind()) {
      case "tcp" -> stream(descriptor, listening);
      case "udp" -> datagrams(descriptor, listening);
      case "connector" -> {
        return Optional.of(connector(descriptor));
      }
      default -> throw new IllegalArgumentException("`" + listening.kind() + "` is no socket");
    }
    return Optional.empty();
  }

  private void stream(int descriptor, Listening listening) {
    Channel channel =
        server()
            .channelFactory(() -> new EpollServerSocketChannel(descriptor))
            .childHandler(listening.port() == NAME_SERVICE ? namesOrInbound() : inbound())
            .childOption(ChannelOption.AUTO_READ, false)
            .register()
            .channel();
    sandbox.add(channel);
  }

  private ServerBootstrap server() {
    return new ServerBootstrap()
        .group(loop)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, Connections.WATER_MARK);
  }

  private ChannelHandler inbound() {
    return new ChannelInitializer<Channel>() {
      @Override
      protected void initChannel(Channel channel) {
        inbound(channel);
      }
    };
  }

  private void inbound(Channel channel) {
    channel.config().setRecvByteBufAllocator(new ReadSizes(sandbox.buffers()));
    channel.pipeline().addLast(new Early(sandbox.buffers()), new Inbound(sandbox, outside));
  }

  /** One socket may be for both, where the port is listed for many hosts. */
  private ChannelHandler namesOrInbound() {
    return new ChannelInitializer<Channel>() {
      @Override
      protected void initChannel(Channel channel) {
        boolean asksForNames =
            channel.localAddress() instanceof InetSocketAddress wanted
                && wanted.getAddress().isLoopbackAddress();
        if (asksForNames) {
          nameStream(channel);
        } else {
          inbound(channel);
        }
      }
    };
  }

  private void nameStream(Channel channel) {
    sandbox.add(channel);
    if (!sandbox.admits(channel)) {
      Connections.reset(channel);
      return;
    }
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
    channel
        .config()
        .setRecvByteBufAllocator(
            new FixedRecvByteBufAllocator(LONGEST_QUESTION).maxMessagesPerRead(1));
    channel
        .pipeline()
        .addLast(
            new ReadTimeoutHandler(NAME_SECONDS),
            new TcpDnsQueryDecoder(DnsRecordDecoder.DEFAULT, LONGEST_QUESTION),
            new TcpDnsResponseEncoder(new ShortRecords()),
            new NameHandler(names));
  }

  private void datagrams(int descriptor, Listening listening) {
    InetSocketAddress wanted =
        new InetSocketAddress(
            dev.hexe.policy.gateway.policy.Network.literal(listening.address()), listening.port());
    boolean asksForNames =
        listening.port() == NAME_SERVICE && wanted.getAddress().isLoopbackAddress();
    Channel channel =
        new Bootstrap()
            .group(loop)
            .channelFactory(() -> new EpollDatagramChannel(descriptor))
            .handler(asksForNames ? nameDatagrams() : new Datagrams(sandbox, outside, loop, wanted))
            .register()
            .channel();
    sandbox.add(channel);
  }

  private ChannelHandler nameDatagrams() {
    return new ChannelInitializer<Channel>() {
      @Override
      protected void initChannel(Channel channel) {
        channel
            .pipeline()
            .addLast(
                new DatagramDnsQueryDecoder(),
                new DatagramDnsResponseEncoder(new ShortRecords()),
                new NameHandler(names));
      }
    };
  }

  private Published connector(int descriptor) {
    EpollDomainSocketChannel channel = new EpollDomainSocketChannel(descriptor, true);
    channel
        .config()
        .setOption(
            UnixChannelOption.DOMAIN_SOCKET_READ_MODE, DomainSocketReadMode.FILE_DESCRIPTORS);
    Published published = new Published(channel, loop, sandbox);
    channel.pipeline().addLast(published);
    loop.register(channel);
    sandbox.add(channel);
    return published;
  }

  /** Listens on a port of the host, unless it is taken. */
  ChannelFuture publish(Policy.Published port, Published published) {
    ChannelFuture bound =
        server()
            .channel(EpollServerSocketChannel.class)
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel outer) {
                    outer.config().setRecvByteBufAllocator(new ReadSizes(sandbox.buffers()));
                    outer.pipeline().addLast(new Early(sandbox.buffers()));
                    published.join((DuplexChannel) outer, port.inside());
                  }
                })
            .bind(port.address(), port.outside());
    sandbox.add(bound.channel());
    return bound;
  }
}
