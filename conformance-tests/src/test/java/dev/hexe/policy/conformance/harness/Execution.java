package dev.hexe.policy.conformance.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * A process to be.
 *
 * @param command with its arguments
 * @param directory where it starts
 * @param environment all of its variables
 * @param input its standard input
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Execution(
    List<String> command, Path directory, Map<String, String> environment, byte[] input) {
  static Execution of(List<String> command) {
    return new Execution(command, Path.of("/"), Map.of("PATH", path()), new byte[0]);
  }

  static String path() {
    return System.getenv().getOrDefault("PATH", "/usr/local/sbin:/usr/local/bin:/usr/bin:/bin");
  }

  Execution with(String variable, String value) {
    Map<String, String> more = new TreeMap<>(environment);
    more.put(variable, value);
    return new Execution(command, directory, more, input);
  }

  Execution in(Path other) {
    return new Execution(command, other, environment, input);
  }

  Execution fed(byte[] bytes) {
    return new Execution(command, directory, environment, bytes);
  }

  Execution behind(String... prefix) {
    List<String> longer = new ArrayList<>(Arrays.asList(prefix));
    longer.addAll(command);
    return new Execution(longer, directory, environment, input);
  }

  Process start() {
    // A child of a JVM has SIGQUIT blocked.
    List<String> clean = behind("env", "--default-signal").command();
    ProcessBuilder builder = new ProcessBuilder(clean).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Result run() {
    Process process = start();
    CompletableFuture<byte[]> out = drained(process.getInputStream());
    CompletableFuture<byte[]> error = drained(process.getErrorStream());
    feed(process.getOutputStream());
    int status = Patience.waitFor(process, command);
    return new Result(status, out.join(), new String(error.join(), StandardCharsets.UTF_8));
  }

  private void feed(OutputStream stream) {
    try (stream) {
      stream.write(input);
    } catch (IOException e) {
      // it did not want to read all of it
    }
  }

  private static CompletableFuture<byte[]> drained(InputStream stream) {
    return Patience.later(
        () -> {
          try (stream) {
            return stream.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
