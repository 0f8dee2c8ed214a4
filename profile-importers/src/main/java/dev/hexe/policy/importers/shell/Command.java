package dev.hexe.policy.importers.shell;

import java.util.List;

/** A command of a script, with the text behind each redirection of input. */
public record Command(List<Word> words, List<Redirection> inputs) {
  /** Copies. */
  public Command {
    words = List.copyOf(words);
    inputs = List.copyOf(inputs);
  }

  /** The bytes that a descriptor yields. */
  public record Redirection(String descriptor, String from, int line) {}
}
