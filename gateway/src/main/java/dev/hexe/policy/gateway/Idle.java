package dev.hexe.policy.gateway;

import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of a gateway that nobody needs. It goes under the lock that those take who want one: who
 * has connected is served, and who has not finds no socket and starts another.
 */
final class Idle {
  private static final int SOCKETLESS_SECONDS = 5;

  private final Optional<Path> directory;
  private final int seconds;
  private @Nullable Gateway gateway;
  private @Nullable ScheduledFuture<?> end;

  /** {@code seconds} after the last sandbox; where there is no directory, soon. */
  Idle(Optional<Path> directory, int seconds) {
    this.directory = directory;
    this.seconds = directory.isPresent() ? seconds : SOCKETLESS_SECONDS;
  }

  void begin(Gateway served) {
    gateway = served;
    look();
  }

  /** Counts from now on, if there is no sandbox. */
  void look() {
    ScheduledFuture<?> running = end;
    if (running != null) {
      running.cancel(false);
    }
    Gateway served = gateway;
    if (served != null && served.isIdle()) {
      end = served.loop().schedule(() -> endIfIdle(served), seconds, TimeUnit.SECONDS);
    }
  }

  private void endIfIdle(Gateway served) {
    if (!served.isIdle()) {
      return;
    }
    if (directory.isEmpty()) {
      exit();
    }
    Path home = directory.orElseThrow();
    try {
      FileChannel file =
          FileChannel.open(
              home.resolve("lock"), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
      FileLock lock = file.tryLock();
      if (lock == null) {
        file.close();
        look();
        return;
      }
      // Those who have connected come first: what is ready is read before the next task is run.
      served.loop().execute(() -> served.loop().execute(() -> endUnderLock(served, home, file)));
    } catch (NoSuchFileException e) {
      // The directory was removed, and nobody finds the socket any more.
      exit();
    } catch (IOException e) {
      System.err.println("cannot take the lock: " + e);
      look();
    }
  }

  private void endUnderLock(Gateway served, Path home, FileChannel lock) {
    try {
      if (served.isIdle() && !served.isAwaited()) {
        Files.deleteIfExists(home.resolve("socket"));
        exit();
      }
      lock.close();
      look();
    } catch (IOException e) {
      System.err.println("cannot go: " + e);
    }
  }

  private static void exit() {
    Runtime.getRuntime().halt(0);
  }
}
