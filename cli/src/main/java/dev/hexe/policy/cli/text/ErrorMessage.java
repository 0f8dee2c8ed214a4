package dev.hexe.policy.cli.text;

import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.cli.changes.ChangesException;
import dev.hexe.policy.cli.plugin.PluginException;
import dev.hexe.policy.engine.rules.PolicyException;
import dev.hexe.policy.profiles.yaml.ProfileException;
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
    return isExpected(problem)
        ? String.valueOf(problem.getMessage())
        : "internal error: " + problem + cause(problem);
  }

  private static boolean isExpected(Throwable problem) {
    return problem instanceof CommandException
        || problem instanceof ChangesException
        || problem instanceof ProfileException
        || problem instanceof PolicyException
        || problem instanceof CannotCompileException
        || problem instanceof PluginException;
  }

  private static String cause(Throwable problem) {
    return problem.getCause() == null ? "" : ": " + problem.getCause();
  }

  private static String help(Throwable problem) {
    if (problem instanceof CommandException known) {
      return known.help();
    }
    if (problem instanceof ChangesException known) {
      return known.help();
    }
    if (problem instanceof ProfileException known) {
      return known.help();
    }
    if (problem instanceof CannotCompileException known) {
      return known.help();
    }
    if (problem instanceof PluginException known) {
      return known.help();
    }
    return isExpected(problem) ? "" : "set HEXE_DEBUG=1 to see where it happened, and report it";
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
