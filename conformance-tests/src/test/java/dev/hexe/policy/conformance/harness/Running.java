package dev.hexe.policy.conformance.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A command that runs in a sandbox. What it prints is read line by line. */
public final class Running implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  Running(Process process) {
    this.process = process;
    output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** The next line it prints; waits for it. That it ends without one is a failure. */
  public String line() {
    return Patience.forAnswer("a line of pid " + pid(), this::read)
        .orElseThrow(() -> new AssertionError("ended with " + status() + ": " + errors()));
  }

  private Optional<String> read() {
    try {
      return Optional.ofNullable(output.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String errors() {
    try {
      return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process that was started: the launcher, which supervises the sandbox. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** All processes below, as they are now. */
  public List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  /** Sends a signal to the supervisor alone. */
  public void signal(String name) {
    Execution.of(List.of("kill", "-s", name, Long.toString(pid()))).run().endsWith(0);
  }

  /** The standard input ends. */
  public void endInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for its end; a shell's status, 128 and more for a signal. */
  public int status() {
    return Patience.waitFor(process, List.of("pid " + pid()));
  }

  @Override
  public void close() {
    List<ProcessHandle> below = descendants();
    process.destroyForcibly();
    below.forEach(ProcessHandle::destroyForcibly);
  }
}
