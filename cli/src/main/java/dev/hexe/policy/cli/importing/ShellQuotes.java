package dev.hexe.policy.cli.importing;

import java.util.List;
import java.util.stream.Collectors;

/** Words as a shell reads them. */
public final class ShellQuotes {
  private ShellQuotes() {}

  /** All of them on one line. */
  public static String of(List<String> words) {
    return words.stream().map(ShellQuotes::of).collect(Collectors.joining(" "));
  }

  private static String of(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./$-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
