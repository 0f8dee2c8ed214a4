package dev.hexe.policy.importers;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The text that is imported.
 *
 * @param name as messages show it
 * @param file where it lies; empty where it came from standard input or the command line
 * @param text all of it
 * @param words of a command line that was given as such; else empty
 */
public record Source(String name, Optional<Path> file, String text, List<String> words) {
  /** Copies. */
  public Source {
    words = List.copyOf(words);
  }

  /** A text without a file. */
  public static Source of(String name, String text) {
    return new Source(name, Optional.empty(), text, List.of());
  }

  /** The last part of its name, in lower case. */
  public String lowerName() {
    return name.substring(name.lastIndexOf('/') + 1).toLowerCase(java.util.Locale.ROOT);
  }
}
