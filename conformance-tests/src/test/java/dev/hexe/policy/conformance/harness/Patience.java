package dev.hexe.policy.conformance.harness;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits, but not for ever. */
public final class Patience {
  /** Ends what hangs, and never what a busy machine keeps waiting. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private static final Executor LISTENERS =
      task -> {
        Thread thread = new Thread(task, "listener");
        thread.setDaemon(true);
        thread.start();
      };

  private Patience() {}

  /** Waits until something is so. */
  public static void until(String what, BooleanSupplier isSo) {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + LONGEST.toSeconds() + " s: " + what);
      }
      pause(20);
    }
  }

  static <T> CompletableFuture<T> later(Supplier<T> answer) {
    return CompletableFuture.supplyAsync(answer, LISTENERS);
  }

  static <T> T forAnswer(String what, Supplier<T> answer) {
    return later(answer)
        .orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS)
        .exceptionally(
            problem -> {
              throw new AssertionError("no answer: " + what, problem);
            })
        .join();
  }

  static int waitFor(Process process, List<String> command) {
    try {
      if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError("does not end: " + String.join(" ", command));
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
