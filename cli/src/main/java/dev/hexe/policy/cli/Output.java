package dev.hexe.policy.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where text goes. It is always UTF-8: a container without a locale is no reason for question
 * marks.
 */
final class Output {
  private static final int WIDEST = 100;
  private static final int NARROWEST = 60;

  private final PrintStream out;
  private final PrintStream err;
  private final Style style;
  private final int width;

  Output(PrintStream out, PrintStream err, Style style, int width) {
    this.out = out;
    this.err = err;
    this.style = style;
    this.width = width;
  }

  static Output ofThisProcess() {
    return new Output(stream(FileDescriptor.out), stream(FileDescriptor.err), Style.PLAIN, WIDEST);
  }

  /** The same, made for the terminal where there is one. Asking costs some time. */
  Output forReading(Map<String, String> environment) {
    boolean colour =
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "dumb").equals("dumb")
            && isTerminal(System.console());
    return new Output(out, err, colour ? Style.COLOUR : Style.PLAIN, width(environment));
  }

  Style style() {
    return style;
  }

  /** Columns. */
  int width() {
    return width;
  }

  /** Prints on standard output, and ends the line. */
  void print(String text) {
    out.print(text);
    out.print('\n');
  }

  /** Prints on standard error, and ends the line. */
  void complain(String text) {
    out.flush();
    err.print(text);
    err.print('\n');
  }

  void flush() {
    out.flush();
    err.flush();
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new java.io.BufferedOutputStream(new FileOutputStream(descriptor)),
        false,
        StandardCharsets.UTF_8);
  }

  private static int width(Map<String, String> environment) {
    String columns = environment.getOrDefault("COLUMNS", "");
    return columns.matches("[0-9]{1,4}")
        ? Math.max(NARROWEST, Math.min(WIDEST, Integer.parseInt(columns)))
        : WIDEST;
  }

  // Since JDK 22 there may be a console where there is no terminal, and a method to tell.
  private static boolean isTerminal(@org.jspecify.annotations.Nullable Console console) {
    if (console == null || Runtime.version().feature() < 22) {
      return console != null;
    }
    try {
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
