package dev.hexe.policy.importers.shell;

import java.util.Optional;

/**
 * A word as the shell would hand it over.
 *
 * @param text with variables that profiles know left in it, as in {@code ${HOME}/src}
 * @param line where it stands
 * @param unknown what in it is only known when the script runs
 * @param conditional whether it only counts where a condition of the script holds
 */
public record Word(String text, int line, Optional<String> unknown, boolean conditional) {
  /** One that is what it is. */
  public static Word of(String text, int line) {
    return new Word(text, line, Optional.empty(), false);
  }

  Word conditionally(boolean other) {
    return new Word(text, line, unknown, conditional || other);
  }
}
