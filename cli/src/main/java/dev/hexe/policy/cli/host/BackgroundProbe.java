package dev.hexe.policy.cli.host;

import dev.hexe.policy.engine.Backends;
import dev.hexe.policy.engine.rules.PolicyException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Tries this host in the background; the profile is read meanwhile, which takes about as long. */
public final class BackgroundProbe implements AutoCloseable {
  private final FutureTask<Backends> backends = new FutureTask<>(Installation::backends);
  private final FutureTask<Host> host;
  private final Thread thread;

  private BackgroundProbe(Invocation invocation) {
    host = new FutureTask<>(() -> Host.tried(invocation, backends()));
    thread = new Thread(this::inquire, "inquiry");
  }

  /** Starts to try. */
  public static BackgroundProbe start(Invocation invocation) {
    BackgroundProbe inquiry = new BackgroundProbe(invocation);
    inquiry.thread.start();
    return inquiry;
  }

  private void inquire() {
    backends.run();
    host.run();
  }

  /** What tries the host; known long before what comes of it. */
  public Backends backends() {
    return resultOf(backends);
  }

  /**
   * Waits for what is known about the host in the end.
   *
   * @throws RuntimeException what was thrown while trying
   */
  public Host host() {
    return resultOf(host);
  }

  private static <T> T resultOf(FutureTask<T> task) {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException expected) {
        throw expected;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      throw new PolicyException("interrupted while trying this host", e);
    }
  }

  /** Waits for the end, so that no launcher is left with half a plan. */
  @Override
  public void close() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
