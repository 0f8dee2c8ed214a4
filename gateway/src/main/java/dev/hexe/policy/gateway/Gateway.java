package dev.hexe.policy.gateway;

import dev.hexe.policy.gateway.log.DecisionLog;
import dev.hexe.policy.gateway.policy.Policy;
import dev.hexe.policy.gateway.share.Buffers;
import dev.hexe.policy.gateway.share.Capacity;
import dev.hexe.policy.gateway.share.Heap;
import dev.hexe.policy.gateway.share.Memory;
import dev.hexe.policy.gateway.share.Share;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** All sandboxes of one user. Everything but the looking up of names happens on one thread. */
final class Gateway {
  private final EventLoop loop;
  private final DecisionLog log;
  private final Idle idle;
  private final Resolver resolver;
  private final Map<Sandbox, Outside> sandboxes = new HashMap<>();
  private final Dialer dialer;
  private final Capacity capacity = Capacity.ofThisProcess();
  private final Memory memory = new Memory();
  private final Heap heap = new Heap();
  private final Peers peers;
  private int waiting;

  Gateway(EventLoop loop, int listener, DecisionLog log, Idle idle)
      throws IOException, InterruptedException {
    this.loop = loop;
    this.log = log;
    this.idle = idle;
    resolver = new Resolver(loop);
    dialer = new Dialer(loop);
    EpollServerDomainSocketChannel channel = new EpollServerDomainSocketChannel(listener, true);
    peers = new Peers(channel);
    new ServerBootstrap()
        .group(loop)
        .channelFactory(() -> channel)
        .childOption(
            UnixChannelOption.DOMAIN_SOCKET_READ_MODE, DomainSocketReadMode.FILE_DESCRIPTORS)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel control) {
                control.pipeline().addLast(new Control(Gateway.this));
              }
            })
        .register()
        .sync();
    idle.begin(this);
  }

  Peers peers() {
    return peers;
  }

  EventLoop loop() {
    return loop;
  }

  boolean isIdle() {
    return sandboxes.isEmpty();
  }

  /** Whether somebody has connected who has not said all yet. */
  boolean isAwaited() {
    return waiting > 0;
  }

  /** Counts a connection until its sandbox begins or it ends. */
  void awaits(int change) {
    waiting += change;
  }

  Sandbox begin(Policy policy, Channel control) {
    Outside outside = new Outside(resolver, dialer, new Proxies(policy.variables()));
    Share share = new Share(new Buffers(sandboxes::size), capacity, memory.part(), heap);
    Sandbox sandbox = new Sandbox(policy, control, log, loop, share);
    capacity.take(descriptors(policy));
    sandboxes.put(sandbox, outside);
    return sandbox;
  }

  /** Those that it has without any connection: what listens on both sides, and its own. */
  private static int descriptors(Policy policy) {
    return policy.sockets().size() + policy.published().size() + 1;
  }

  Sockets sockets(Sandbox sandbox) {
    Outside outside =
        Optional.ofNullable(sandboxes.get(sandbox)).orElseThrow(IllegalStateException::new);
    return new Sockets(loop, sandbox, outside);
  }

  void end(Sandbox sandbox) {
    sandboxes.remove(sandbox);
    capacity.giveBack(descriptors(sandbox.policy()));
    sandbox.close();
    idle.look();
  }
}
