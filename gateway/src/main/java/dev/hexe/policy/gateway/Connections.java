package dev.hexe.policy.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;

/** The ends of connections, and how much of them is held. */
final class Connections {
  static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(32 << 10, 64 << 10);
  static final int CONNECT_MILLIS = 10_000;

  private Connections() {}

  /**
   * Ends a connection as one to a port where nobody is: at once, and not as if all had gone well.
   */
  static void reset(Channel channel) {
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      channel.close();
    }
  }
}
