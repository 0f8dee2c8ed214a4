package dev.hexe.policy.importers.shell;

/** A piece of a word. */
sealed interface Part {
  /** Text as it is. */
  record Literal(String text, boolean quoted) implements Part {}

  /** A variable, with what stands between its braces. */
  record Variable(String expression, boolean quoted) implements Part {}

  /** The output of a command. */
  record Substitution(String command) implements Part {}
}
