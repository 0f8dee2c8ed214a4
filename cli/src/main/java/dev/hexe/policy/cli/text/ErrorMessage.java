package dev.hexe.policy.cli.text;

import dev.hexe.policy.api.problem.ReportedException;
import java.io.PrintWriter;
import java.io.StringWriter;

/** The message for the user when nothing ran. */
public final class ErrorMessage {
  private static final String PREFIX = "hexe-policy: ";

  private ErrorMessage() {}

  /** The message for an exception, and where it came from if somebody is {@code debugging}. */
  public static String about(Throwable problem, boolean debugging) {
    String told = PREFIX + Printable.text(message(problem)) + help(help(problem));
    return debugging ? told + "\n" + trace(problem) : told;
  }

  /** What happened, in one or more lines. */
  public static String message(Throwable problem) {
    return problem instanceof ReportedException
        ? String.valueOf(problem.getMessage())
        : "internal error: " + problem + cause(problem);
  }

  private static String cause(Throwable problem) {
    return problem.getCause() == null ? "" : ": " + problem.getCause();
  }

  private static String help(Throwable problem) {
    return problem instanceof ReportedException known
        ? known.help()
        : "set HEXE_DEBUG=1 to see where it happened, and report it";
  }

  private static String help(String help) {
    return help.isEmpty() ? "" : "\n  help: " + Printable.text(help);
  }

  private static String trace(Throwable problem) {
    StringWriter trace = new StringWriter();
    problem.printStackTrace(new PrintWriter(trace));
    return trace.toString().stripTrailing();
  }
}
