package dev.hexe.policy.cli;

import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.text.Output;

/** The part of {@code hexe-policy} that needs a JVM; the launcher starts it. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the JVM with its exit status. */
  public static void main(String[] arguments) {
    Output output = Output.ofThisProcess();
    int status = new Program(Invocation.ofThisProcess(), output).run(java.util.List.of(arguments));
    status = output.end(status);
    // Nothing is left to be done, and the launcher is waiting.
    Runtime.getRuntime().halt(status);
  }
}
