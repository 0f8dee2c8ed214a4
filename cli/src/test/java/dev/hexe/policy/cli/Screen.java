package dev.hexe.policy.cli;

import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Style;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The screen that a user would see. */
public final class Screen {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** Writes here, in plain text on 100 columns. */
  public final Output output = output(Style.PLAIN);

  /** Writes here. */
  public Output output(Style style) {
    return new Output(stream(out), stream(err), style, 100);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
