package dev.hexe.policy.cli.changes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Has the launcher look at a record, and carry out what is in it: it alone touches files. */
public final class Launcher {
  private static final int IN_USE = 75;

  private final String program;

  /** The launcher's path. */
  public Launcher(String program) {
    this.program = program;
  }

  /**
   * The lines that it prints.
   *
   * @throws ChangesException where somebody else holds the record, or it cannot be read
   */
  List<String> lines(String action, Path record) {
    try {
      Process process =
          new ProcessBuilder(program, action, record.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      requireSuccess(process.waitFor(), record);
      return text.lines().toList();
    } catch (IOException e) {
      throw new ChangesException("the launcher `" + program + "` cannot be started", "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChangesException("interrupted", "");
    }
  }

  private static void requireSuccess(int status, Path record) {
    if (status == IN_USE) {
      throw new ChangesException(
          "the changes `" + record.getFileName() + "` are in use",
          "wait until the command, or who commits them, has ended: `hexe-policy ps`");
    }
    if (status != 0) {
      throw new ChangesException(
          "the changes `" + record.getFileName() + "` cannot be read",
          "`hexe-policy changes discard " + record.getFileName() + "` removes them");
    }
  }
}
