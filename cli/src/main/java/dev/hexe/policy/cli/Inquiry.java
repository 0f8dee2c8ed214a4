package dev.hexe.policy.cli;

import dev.hexe.policy.engine.Backends;
import dev.hexe.policy.engine.PolicyException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Tries this host in the background; the profile is read meanwhile, which takes about as long. */
final class Inquiry implements AutoCloseable {
  private final FutureTask<Answer> task;
  private final Thread thread;

  private Inquiry(Invocation invocation) {
    task = new FutureTask<>(() -> answer(invocation));
    thread = new Thread(task, "inquiry");
  }

  /**
   * What is known about the host in the end.
   *
   * @param backends what tried it
   * @param host what came of it
   */
  record Answer(Backends backends, Host host) {}

  /** Starts to try. */
  static Inquiry start(Invocation invocation) {
    Inquiry inquiry = new Inquiry(invocation);
    inquiry.thread.start();
    return inquiry;
  }

  /**
   * Waits for the answer.
   *
   * @throws RuntimeException what was thrown while trying
   */
  Answer answer() {
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

  private static Answer answer(Invocation invocation) {
    Backends backends = Installation.backends();
    return new Answer(backends, Host.tried(invocation, backends));
  }
}
