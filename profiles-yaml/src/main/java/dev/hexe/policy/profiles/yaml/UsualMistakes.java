package dev.hexe.policy.profiles.yaml;

import java.util.Optional;

/** Advice about what people get wrong most in YAML, by the parser's words for it. */
final class UsualMistakes {
  private UsualMistakes() {}

  /** The help; empty where the words say it themselves. */
  static Optional<String> help(String problem) {
    if (problem.contains("mapping values are not allowed")) {
      return Optional.of(
          "a text with `: ` in it stands in quotes, and keys of one level begin in the same column");
    }
    if (problem.contains("(TAB)")) {
      return Optional.of("indent with blanks");
    }
    if (problem.contains("could not find expected ':'")) {
      return Optional.of(
          "a key ends with `:` and a blank, an entry of a list begins with `-` and a blank");
    }
    return Optional.empty();
  }
}
