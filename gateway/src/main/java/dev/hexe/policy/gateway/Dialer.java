package dev.hexe.policy.gateway;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.LastingInterest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Connects to the first of some addresses that answers. */
final class Dialer {
  private final Bootstrap bootstrap;

  Dialer(EventLoop loop) {
    bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(EpollSocketChannel.class)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Connections.CONNECT_MILLIS)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, Connections.WATER_MARK)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    LastingInterest.in(channel);
                  }
                });
  }

  /** The connection, or empty where nobody answers. */
  void dial(List<InetAddress> addresses, int port, Consumer<Optional<Channel>> then) {
    if (addresses.isEmpty()) {
      then.accept(Optional.empty());
      return;
    }
    ChannelFuture attempt = bootstrap.connect(new InetSocketAddress(addresses.get(0), port));
    attempt.addListener(
        (ChannelFutureListener)
            done -> {
              if (done.isSuccess()) {
                then.accept(Optional.of(done.channel()));
              } else {
                dial(addresses.subList(1, addresses.size()), port, then);
              }
            });
  }
}
