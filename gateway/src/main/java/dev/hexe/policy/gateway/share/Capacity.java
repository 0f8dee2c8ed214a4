package dev.hexe.policy.gateway.share;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The descriptors of this process, and with them its memory. A sandbox may have as many connections
 * as it leaves for others: whoever takes all there is leaves half, the next one half of that, and
 * whoever comes late finds some.
 */
public final class Capacity {
  /** What a connection takes: a socket on each side. */
  public static final int CONNECTION = 2;

  /** As many connections as fit into the memory of this process. */
  private static final long MOST = 4096L * CONNECTION;

  /** For what is no sandbox's: libraries, files, and the sockets that look names up. */
  private static final long RESERVE = 128;

  private static final long UNKNOWN = 1024;
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final String OF_FILES = "Max open files";

  private final long all;
  private long taken;

  /** Of so many descriptors. */
  Capacity(long descriptors) {
    all = Math.min(MOST, descriptors - RESERVE);
  }

  /** Of the limit of this process, which Java has raised as far as it can be. */
  public static Capacity ofThisProcess() {
    try {
      return new Capacity(
          Files.readAllLines(LIMITS).stream()
              .filter(line -> line.startsWith(OF_FILES))
              .map(line -> line.substring(OF_FILES.length()).trim().split(" ", 2)[0])
              .mapToLong(word -> word.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(word))
              .findFirst()
              .orElse(UNKNOWN));
    } catch (IOException | NumberFormatException e) {
      return new Capacity(UNKNOWN);
    }
  }

  /** Whether somebody who has so many connections may have one more. */
  public boolean admits(int connections) {
    return (connections + 1L) * CONNECTION <= all - taken;
  }

  /** So many descriptors are in use. */
  public void take(int descriptors) {
    taken += descriptors;
  }

  /** So many are closed. */
  public void giveBack(int descriptors) {
    taken -= descriptors;
  }
}
