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

  /** The words of glibc and musl for a name that does not exist, or that has no address. */
  private static final List<String> UNKNOWN_NAMES =
      List.of(
          "Name or service not known",
          "No address associated with hostname",
          "Address family for hostname not supported",
          "Name does not resolve",
          "Name has no usable address");

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

  /**
   * Looks a name up, unless that was done a moment ago; answered on the one thread for everything.
   */
  void resolve(Sandbox sandbox, String name, Consumer<Found> then) {
    Lookups lookups = sandbox.lookups();
    Optional<Found> recent = lookups.recent(name);
    if (recent.isPresent()) {
      then.accept(recent.get());
    } else if (!lookups.admit(name)) {
      then.accept(Found.UNKNOWN);
    } else if (lookups.await(name, then)) {
      turns.add(sandbox, () -> pool.execute(() -> lookUp(sandbox, name)));
    }
  }

  /** Each that waits goes on by itself: one that fails is not the end of the others. */
  private void lookUp(Sandbox sandbox, String name) {
    Found found = found(name);
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
  private static Found found(String name) {
    try {
      return addresses(name);
    } catch (RuntimeException e) {
      System.err.println("cannot look up a name: " + e);
      return Found.UNKNOWN;
    }
  }

  private static Found addresses(String name) {
    if (LITERAL.matcher(name).matches()) {
      return plain(name);
    }
    try {
      return Found.of(InetAddress.getAllByName(name + "."));
    } catch (UnknownHostException e) {
      Found plain = plain(name);
      return plain.addresses().isEmpty() ? failure(e) : plain;
    }
  }

  /** Without the dot, for names in a file of hosts, and for addresses. */
  private static Found plain(String name) {
    try {
      return Found.of(InetAddress.getAllByName(name));
    } catch (UnknownHostException e) {
      return failure(e);
    }
  }

  /** There is nothing but the C library's words to tell failures apart by. */
  static Found failure(UnknownHostException e) {
    String words = String.valueOf(e.getMessage());
    return UNKNOWN_NAMES.stream().anyMatch(words::endsWith) ? Found.NOTHING : Found.UNKNOWN;
  }
}
