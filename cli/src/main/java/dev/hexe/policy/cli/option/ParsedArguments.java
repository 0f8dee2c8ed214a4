package dev.hexe.policy.cli.option;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** The arguments of the command line, whoever took it apart. */
public interface ParsedArguments {
  /** The profile's name. */
  Optional<String> word();

  /** Whether an option was given. */
  boolean has(String option);

  /** The value of an option that is given once. */
  Optional<String> text(String option);

  /** The values of one that may come several times, in their order. */
  List<String> texts(String option);

  /** As the parser for all arguments understood it. */
  static ParsedArguments of(ParseResult parsed) {
    return new ParsedArguments() {
      @Override
      public Optional<String> word() {
        return Options.word(parsed);
      }

      @Override
      public boolean has(String option) {
        return Options.has(parsed, option);
      }

      @Override
      public Optional<String> text(String option) {
        return Options.text(parsed, option);
      }

      @Override
      public List<String> texts(String option) {
        return Options.texts(parsed, option);
      }
    };
  }
}
