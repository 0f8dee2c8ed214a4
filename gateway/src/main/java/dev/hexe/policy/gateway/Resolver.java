package dev.hexe.policy.gateway;

import dev.hexe.policy.gateway.share.Turns;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Looks names up as every program of this host does, away from the thread that moves bytes. */
final class Resolver {
  private static final int THREADS = 64;
  private static final int IDLE_SECONDS = 10;

  /** An address, as a proxy may have; no resolver is asked for it. */
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*");

  private final EventExecutor loop;
  private final Turns<Sandbox> turns = new Turns<>(THREADS);
  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          task -> {
            Thread thread = new Thread(task, "names");
            thread.setDaemon(true);
            return thread;
          });

  Resolver(EventExecutor loop) {
    this.loop = loop;
    pool.allowCoreThreadTimeOut(true);
  }

  /** The addresses of a name, none where it has none; answered on the one thread for everything. */
  void resolve(Sandbox sandbox, String name, Consumer<List<InetAddress>> then) {
    Lookups lookups = sandbox.lookups();
    Optional<List<InetAddress>> recent = lookups.recent(name);
    if (recent.isPresent()) {
      then.accept(recent.get());
    } else if (!lookups.admit(name)) {
      then.accept(List.of());
    } else if (lookups.await(name, then)) {
      turns.add(sandbox, () -> pool.execute(() -> lookUp(sandbox, name)));
    }
  }

  /** Each that waits goes on by itself: one that fails is not the end of the others. */
  private void lookUp(Sandbox sandbox, String name) {
    List<InetAddress> found = found(name);
    loop.execute(
        () -> {
          turns.end(sandbox);
          sandbox
              .lookups()
              .end(name, found)
              .forEach(then -> loop.execute(() -> then.accept(found)));
        });
  }

  /** Whatever happens, the turn ends: there are few for all sandboxes. */
  private static List<InetAddress> found(String name) {
    try {
      return addresses(name);
    } catch (RuntimeException e) {
      System.err.println("cannot look up a name: " + e);
      return List.of();
    }
  }

  private static List<InetAddress> addresses(String name) {
    if (LITERAL.matcher(name).matches()) {
      return plain(name);
    }
    try {
      return List.of(InetAddress.getAllByName(name + "."));
    } catch (UnknownHostException e) {
      return plain(name);
    }
  }

  /** Without the dot, for names in a file of hosts, and for addresses. */
  private static List<InetAddress> plain(String name) {
    try {
      return List.of(InetAddress.getAllByName(name));
    } catch (UnknownHostException e) {
      return List.of();
    }
  }
}
