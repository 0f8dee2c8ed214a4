package dev.hexe.policy.cli.text;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The destination of text. It is always UTF-8: a container without a locale is no reason for
 * question marks.
 */
public final class Output {
  private static final int WIDEST = 100;
  private static final int NARROWEST = 60;
  private static final String BROKEN_PIPE = "Broken pipe";

  /** The status of a program that SIGPIPE ends, which a JVM ignores. */
  private static final int UNREAD = 128 + 13;

  private final PrintStream out;
  private final PrintStream err;
  private final Style style;
  private final int width;
  private final Supplier<Optional<IOException>> failure;

  public Output(PrintStream out, PrintStream err, Style style, int width) {
    this(out, err, style, width, Optional::empty);
  }

  private Output(
      PrintStream out,
      PrintStream err,
      Style style,
      int width,
      Supplier<Optional<IOException>> failure) {
    this.out = out;
    this.err = err;
    this.style = style;
    this.width = width;
    this.failure = failure;
  }

  public static Output ofThisProcess() {
    return to(new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err));
  }

  static Output to(OutputStream out, OutputStream err) {
    CheckedStream checked = new CheckedStream(out);
    return new Output(stream(checked), stream(err), Style.PLAIN, WIDEST, checked::failure);
  }

  /** The same, made for the terminal where there is one. Asking costs some time. */
  public Output forReading(Map<String, String> environment) {
    boolean colour =
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "dumb").equals("dumb")
            && isTerminal(System.console());
    return new Output(out, err, colour ? Style.COLOUR : Style.PLAIN, width(environment), failure);
  }

  public Style style() {
    return style;
  }

  /** Columns. */
  public int width() {
    return width;
  }

  /** Prints on standard output, and ends the line. */
  public void print(String text) {
    out.print(text);
    out.print('\n');
  }

  /** Prints on standard error, and ends the line. */
  public void complain(String text) {
    out.flush();
    err.print(text);
    err.print('\n');
  }

  /**
   * Writes what is left. The result is {@code status}, or another one where a part of the output is
   * lost; a reader that has seen enough is not told of, as with other programs.
   */
  public int end(int status) {
    out.flush();
    Optional<String> lost = failure.get().map(IOException::getMessage);
    boolean unread = lost.filter(BROKEN_PIPE::equals).isPresent();
    if (lost.isPresent() && !unread) {
      complain(
          "hexe-policy: cannot write the output: " + lost.get().toLowerCase(java.util.Locale.ROOT));
    }
    err.flush();
    return lost.isEmpty() ? status : unread ? UNREAD : ExitStatus.NOTHING_RAN;
  }

  private static PrintStream stream(OutputStream target) {
    return new PrintStream(new java.io.BufferedOutputStream(target), false, StandardCharsets.UTF_8);
  }

  private static int width(Map<String, String> environment) {
    String columns = environment.getOrDefault("COLUMNS", "");
    return columns.matches("[0-9]{1,4}")
        ? Math.max(NARROWEST, Math.min(WIDEST, Integer.parseInt(columns)))
        : WIDEST;
  }

  /** The terminal that somebody sits at. */
  public static Optional<Console> terminal() {
    return Optional.ofNullable(System.console()).filter(Output::isTerminal);
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
