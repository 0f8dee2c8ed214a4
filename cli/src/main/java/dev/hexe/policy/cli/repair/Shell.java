package dev.hexe.policy.cli.repair;

/** Text inside of scripts. */
final class Shell {
  private Shell() {}

  /** A word that the shell takes as it is. */
  static String quote(String word) {
    return word.matches("[A-Za-z0-9_./@:+=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** A comment: whatever is in it, it ends with its line. */
  static String comment(String text) {
    return "# " + text.replaceAll("\\p{Cntrl}", "?");
  }

  /** A command that writes a file of this text. */
  static String write(String path, String text) {
    return "mkdir -p %s\ncat > %s <<'END'\n%s\nEND"
        .formatted(
            quote(path.substring(0, path.lastIndexOf('/'))), quote(path), text.stripTrailing());
  }
}
