package io.netty.channel.epoll;

import io.netty.channel.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Keeps a channel in the set that is polled. Netty 4.2.18 takes one out that waits for nothing, as
 * one does whose input has ended and which has nothing to write, and then fails when it is to wait
 * again. Errors are waited for anyway, so to ask for them as well changes nothing else. What it
 * takes is open to this package alone.
 */
public final class LastingInterest {
  private static final int EPOLLERR = 0x8;

  private LastingInterest() {}

  /** For a channel that is registered. */
  public static void in(Channel channel) {
    try {
      ((AbstractEpollChannel) channel).setFlag(EPOLLERR);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
