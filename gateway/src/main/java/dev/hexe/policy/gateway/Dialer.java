package dev.hexe.policy.gateway;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.LastingInterest;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Connects to one of some addresses that answers. */
final class Dialer {
  /**
   * A program's own signs of life end here: its connection is with this process. So this one gives
   * them, before routers on the way forget the connection, and finds out that nobody is there.
   */
  private static final int SILENT_SECONDS = 60;

  private static final int SIGN_SECONDS = 15;
  private static final int MOST_SIGNS = 4;

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
            .option(EpollChannelOption.TCP_KEEPIDLE, SILENT_SECONDS)
            .option(EpollChannelOption.TCP_KEEPINTVL, SIGN_SECONDS)
            .option(EpollChannelOption.TCP_KEEPCNT, MOST_SIGNS)
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

  /**
   * The connection for a client, or empty where nobody answers. Nothing is told, and nothing is
   * left open, of one whose client goes away meanwhile.
   */
  void dial(
      Client client, List<InetAddress> addresses, int port, Consumer<Optional<Channel>> then) {
    new Attempts(bootstrap, client, port, then).begin(addresses);
  }

  /**
   * The program that waits for a connection.
   *
   * @param channel its own
   * @param sandbox where it runs
   */
  record Client(Channel channel, Sandbox sandbox) {}
}
