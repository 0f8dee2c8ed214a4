package dev.hexe.policy.cli.plugin;

import java.nio.file.Path;

/** Words of others as they can be shown on a terminal. */
final class Text {
  private Text() {}

  static String quote(Path path) {
    return quote(path.toString());
  }

  static String quote(String text) {
    return "`" + text.replaceAll("\\p{Cntrl}", "?") + "`";
  }

  /** What went wrong, in its own words. */
  static String of(Throwable problem) {
    String message = problem.getMessage();
    String kind = problem.getClass().getSimpleName();
    return message == null ? kind : kind + ": " + message.replaceAll("\\p{Cntrl}", " ");
  }
}
