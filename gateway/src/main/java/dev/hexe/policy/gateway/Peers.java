package dev.hexe.policy.gateway;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The peers that may ask for a sandbox: the user this process belongs to, from the network
 * namespace it is in. A program in a sandbox has another one, and can let in no sandbox of its own
 * making.
 */
final class Peers {
  private static final int SOL_SOCKET = 1;
  private static final int SO_NETNS_COOKIE = 71;
  private static final RawUnixChannelOption COOKIE =
      new RawUnixChannelOption("SO_NETNS_COOKIE", SOL_SOCKET, SO_NETNS_COOKIE, Long.BYTES);

  private final Channel listener;
  private final int user;

  Peers(Channel listener) throws IOException {
    this.listener = listener;
    user = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }

  /** Why whoever has connected is not served; empty where they are. */
  Optional<String> objection(Channel channel) {
    try {
      int peer = ((EpollDomainSocketChannel) channel).peerCredentials().uid();
      if (peer != user) {
        return Optional.of("it is of user " + peer);
      }
      return cookie(channel).equals(cookie(listener))
          ? Optional.empty()
          : Optional.of("it comes from another network namespace");
    } catch (IOException | RuntimeException e) {
      return Optional.of("it cannot be told whose it is: " + e);
    }
  }

  private static ByteBuffer cookie(Channel channel) {
    ByteBuffer cookie = channel.config().getOption(COOKIE);
    if (cookie == null || cookie.remaining() != Long.BYTES) {
      throw new IllegalStateException("a socket does not tell its network namespace");
    }
    return cookie;
  }
}
