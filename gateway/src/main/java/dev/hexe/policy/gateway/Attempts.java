package dev.hexe.policy.gateway;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The attempts to reach one host. An address that does not answer within a moment is given more
 * time, and the next one is tried beside it (RFC 8305); the first that answers is taken. Attempts
 * end with the client: what nobody waits for would be counted for nobody.
 */
final class Attempts {
  /** The delay that RFC 8305 recommends. */
  static final int MOMENT_MILLIS = 250;

  private final Bootstrap bootstrap;
  private final Dialer.Client client;
  private final int port;
  private final Consumer<Optional<Channel>> then;
  private final ChannelFutureListener clientEnded = closed -> end();
  private final Deque<InetAddress> untried = new ArrayDeque<>();
  private final List<ChannelFuture> open = new ArrayList<>();
  private @Nullable Future<?> next;
  private int counted;
  private boolean ended;

  Attempts(Bootstrap bootstrap, Dialer.Client client, int port, Consumer<Optional<Channel>> then) {
    this.bootstrap = bootstrap;
    this.client = client;
    this.port = port;
    this.then = then;
  }

  void begin(List<InetAddress> addresses) {
    untried.addAll(inTurns(addresses));
    client.channel().closeFuture().addListener(clientEnded);
    if (!ended) {
      goOn();
    }
  }

  /** One family after the other: it is mostly all addresses of one that do not answer. */
  static List<InetAddress> inTurns(List<InetAddress> addresses) {
    List<InetAddress> turns = new ArrayList<>();
    Deque<InetAddress> left = new ArrayDeque<>(addresses);
    while (!left.isEmpty()) {
      InetAddress last = turns.isEmpty() ? null : turns.get(turns.size() - 1);
      InetAddress chosen =
          left.stream()
              .filter(address -> last == null || address.getClass() != last.getClass())
              .findFirst()
              .orElse(left.getFirst());
      left.remove(chosen);
      turns.add(chosen);
    }
    return turns;
  }

  private void goOn() {
    InetAddress address = untried.poll();
    if (address != null) {
      start(address);
    } else if (open.isEmpty()) {
      take(Optional.empty());
    }
  }

  private void start(InetAddress address) {
    ChannelFuture attempt = bootstrap.connect(new InetSocketAddress(address, port));
    open.add(attempt);
    attempt.addListener((ChannelFutureListener) this::onOneThread);
    stopTimer();
    if (!untried.isEmpty()) {
      next =
          client.channel().eventLoop().schedule(this::late, MOMENT_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** A second one at a time is one more of the connections that the sandbox may have. */
  private void late() {
    if (!ended && !untried.isEmpty() && client.sandbox().takeConnection()) {
      counted++;
      goOn();
    }
  }

  /** Leaves the thread of Netty's that tells of a socket for which there is no descriptor. */
  private void onOneThread(ChannelFuture attempt) {
    client.channel().eventLoop().execute(() -> done(attempt));
  }

  private void done(ChannelFuture attempt) {
    if (!open.remove(attempt)) {
      closeLate(attempt);
    } else if (attempt.isSuccess()) {
      take(Optional.of(attempt.channel()));
    } else {
      stopTimer();
      goOn();
    }
  }

  private static void closeLate(ChannelFuture attempt) {
    if (attempt.isSuccess()) {
      attempt.channel().close();
    }
  }

  private void take(Optional<Channel> made) {
    end();
    then.accept(made);
  }

  private void end() {
    ended = true;
    stopTimer();
    client.channel().closeFuture().removeListener(clientEnded);
    untried.clear();
    List<ChannelFuture> left = List.copyOf(open);
    open.clear();
    left.stream().filter(attempt -> !attempt.isDone()).forEach(it -> it.channel().close());
    for (; counted > 0; counted--) {
      client.sandbox().endConnection();
    }
  }

  private void stopTimer() {
    Future<?> running = next;
    if (running != null) {
      running.cancel(false);
    }
  }
}
