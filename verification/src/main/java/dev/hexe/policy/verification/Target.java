package dev.hexe.policy.verification;

import dev.hexe.policy.engine.rules.PolicyException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The prover, holding a process, IPC and local sockets that a sandbox must keep away from. */
final class Target implements AutoCloseable {
  private static final String LAST = "ready";
  private static final int PATIENCE = 10;

  private final Process process;
  private final Map<String, String> things;

  private Target(Process process, Map<String, String> things) {
    this.process = process;
    this.things = things;
  }

  /**
   * Starts it.
   *
   * @param socket where it listens, or an empty string
   */
  static Target start(String launcher, String socket) throws IOException {
    Process process =
        new ProcessBuilder(SelfTest.of(launcher), "--bystander", socket)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Map<String, String> things = new HashMap<>();
    BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
    while (!things.containsKey(LAST)) {
      String line = reader.readLine();
      if (line == null) {
        throw new PolicyException("the prover could not prepare anything to be left alone");
      }
      String[] parts = line.split(" ", 2);
      things.put(parts[0], parts.length > 1 ? parts[1] : "");
    }
    return new Target(process, things);
  }

  /** What it holds, by name. */
  Map<String, String> things() {
    return things;
  }

  /** Has it clean up. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
