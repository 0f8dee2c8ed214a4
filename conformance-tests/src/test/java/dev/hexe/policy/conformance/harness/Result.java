package dev.hexe.policy.conformance.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The end of a process.
 *
 * @param status its exit status
 * @param stdout all it wrote, byte for byte
 * @param stderr all it complained about
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Result(int status, byte[] stdout, String stderr) {
  /** The standard output as text, without the last line's end. */
  public String text() {
    return new String(stdout, StandardCharsets.UTF_8).stripTrailing();
  }

  public List<String> lines() {
    return text().lines().toList();
  }

  /** Expects this exit status. */
  public Result endsWith(int expected) {
    assertEquals(expected, status, () -> "exit status; " + this);
    return this;
  }

  /** Expects standard output to be this, apart from the last line's end. */
  public Result prints(String expected) {
    endsWith(0);
    assertEquals(expected, text(), this::toString);
    return this;
  }

  /** Expects standard error to contain each of these. */
  public Result complains(String... expected) {
    for (String part : expected) {
      assertTrue(stderr.contains(part), () -> "`" + part + "` is not on stderr; " + this);
    }
    return this;
  }

  /** Expects that the program refused: status 125, one message, and no trace of a command. */
  public Result refuses(String... expected) {
    endsWith(125);
    assertEquals("", text(), this::toString);
    assertTrue(stderr.startsWith("hexe-policy: "), this::toString);
    assertTrue(!stderr.contains("\tat ") && !stderr.contains("Exception"), this::toString);
    return complains(expected);
  }

  /** Expects silence on standard error. */
  public Result saysNothing() {
    assertEquals("", stderr);
    return this;
  }

  @Override
  public String toString() {
    return "status " + status + "\nstdout: " + text() + "\nstderr: " + stderr.stripTrailing();
  }
}
