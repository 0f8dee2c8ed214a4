package dev.hexe.policy.cli.author;

import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import java.io.Console;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.ParseResult;

/** Answers that are given as options, or on a terminal, or that nobody gives. */
final class Questions {
  private final ParseResult parsed;
  private final Optional<Console> terminal;

  Questions(ParseResult parsed, boolean ask) {
    this.parsed = parsed;
    terminal = ask ? Output.terminal() : Optional.empty();
  }

  /**
   * What an option says, else what is answered, else what is usual.
   *
   * @param check says what is wrong with an answer; empty where nothing is
   */
  String answer(String option, String question, String usual, UnaryOperator<String> check) {
    Optional<String> given = Options.text(parsed, option);
    if (given.isPresent() || terminal.isEmpty()) {
      return given.orElse(usual);
    }
    String shown = question + (usual.isEmpty() ? "" : " [" + usual + "]") + ": ";
    while (true) {
      String line = terminal.get().readLine("%s", shown);
      String answer = line == null || line.isBlank() ? usual : line.strip();
      String wrong = check.apply(answer);
      if (line == null || wrong.isEmpty()) {
        return answer;
      }
      terminal.get().printf("%s%n", Printable.text(wrong));
    }
  }
}
