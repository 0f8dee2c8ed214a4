package dev.hexe.policy.gateway;

import dev.hexe.policy.gateway.log.DecisionLog;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.nio.file.Path;
import java.security.Security;
import java.util.Optional;

/** The gateway's process: the descriptor it accepts on, and its directory or an empty word. */
public final class Main {
  private static final int IDLE_SECONDS = 60;

  private Main() {}

  /** Runs until nobody has needed it for a while. */
  public static void main(String[] arguments) throws Exception {
    // A name that is not found may be a moment later: the sandbox remembers it as long as others.
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    int listener = Integer.parseInt(arguments[0]);
    Optional<Path> home =
        arguments[1].isEmpty() ? Optional.empty() : Optional.of(Path.of(arguments[1]));
    EventLoop loop =
        (EventLoop) new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()).next();
    new Gateway(
        loop,
        listener,
        new DecisionLog(home),
        new Idle(home, Integer.getInteger("hexe.idle", IDLE_SECONDS)));
  }
}
