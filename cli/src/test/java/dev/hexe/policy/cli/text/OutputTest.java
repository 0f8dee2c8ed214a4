package dev.hexe.policy.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aStatusStaysWhereAllWasWritten() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Output output = Output.to(out, err);
    output.print("text");
    assertEquals(3, output.end(3));
    assertEquals("text\n", out.toString(StandardCharsets.UTF_8));
    assertEquals("", messages());
  }

  @Test
  void outputThatIsLostIsAnError() {
    Output output = Output.to(failing("No space left on device"), err);
    output.print("text");
    assertEquals(ExitStatus.NOTHING_RAN, output.end(0));
    assertEquals("hexe-policy: cannot write the output: no space left on device\n", messages());
  }

  @Test
  void aFailureLongBeforeTheEndIsNotForgotten() {
    Output output = Output.to(failing("Input/output error"), err);
    output.print("x".repeat(100_000));
    output.complain("said");
    assertEquals(ExitStatus.NOTHING_RAN, output.end(1));
    assertEquals("said\nhexe-policy: cannot write the output: input/output error\n", messages());
  }

  @Test
  void aReaderThatHasSeenEnoughIsNoMessage() {
    Output output = Output.to(failing("Broken pipe"), err);
    output.print("text");
    assertEquals(141, output.end(0));
    assertEquals("", messages());
  }

  private String messages() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static OutputStream failing(String reason) {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        throw new IOException(reason);
      }
    };
  }
}
