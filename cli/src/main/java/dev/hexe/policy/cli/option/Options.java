package dev.hexe.policy.cli.option;

import dev.hexe.policy.cli.text.Printable;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The kinds of options there are, written without annotations: reading those takes time. */
public final class Options {
  private static final String HELP = "--help";

  private Options() {}

  /** A command of this name with the option that all have. */
  public static CommandSpec command(String name, String synopsis, String description) {
    CommandSpec spec = CommandSpec.create().name("hexe-policy " + name);
    spec.usageMessage()
        .customSynopsis("hexe-policy " + synopsis)
        .synopsisHeading("usage: ")
        .description("", description, "")
        .sortOptions(false)
        .footerHeading("%n");
    return spec;
  }

  /** An option without a value. */
  public static OptionSpec flag(String description, String... names) {
    return OptionSpec.builder(names)
        .type(boolean.class)
        .arity("0")
        .description(description)
        .build();
  }

  /** The option that shows a command's help. */
  public static OptionSpec help() {
    return OptionSpec.builder("-h", HELP)
        .type(boolean.class)
        .arity("0")
        .usageHelp(true)
        .description("show this help")
        .build();
  }

  /** An option with a value. */
  public static OptionSpec value(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  /** An option with a value and several names. */
  public static OptionSpec named(String label, String description, String... names) {
    return OptionSpec.builder(names)
        .type(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  /** An option with two values. */
  public static OptionSpec pair(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("2")
        .paramLabel(label)
        .description(description)
        .build();
  }

  /** An option with a value that may be given more than once. */
  public static OptionSpec values(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  /** A word that may be given. */
  public static PositionalParamSpec optionalWord(String label, String description) {
    return optionalWord(0, label, description);
  }

  /** A word that may be given behind {@code words} others. */
  public static PositionalParamSpec optionalWord(int words, String label, String description) {
    return PositionalParamSpec.builder()
        .index(String.valueOf(words))
        .arity("0..1")
        .type(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  public static boolean has(ParseResult parsed, String option) {
    return parsed.hasMatchedOption(option);
  }

  public static boolean wantsHelp(ParseResult parsed) {
    return has(parsed, HELP);
  }

  public static Optional<String> text(ParseResult parsed, String option) {
    return has(parsed, option)
        ? Optional.of(parsed.matchedOptionValue(option, ""))
        : Optional.empty();
  }

  public static List<String> texts(ParseResult parsed, String option) {
    return List.copyOf(parsed.matchedOptionValue(option, List.<String>of()));
  }

  public static Optional<String> word(ParseResult parsed) {
    return parsed.hasMatchedPositional(0)
        ? Optional.of(parsed.matchedPositionalValue(0, ""))
        : Optional.empty();
  }

  /** What a message calls an argument. */
  static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? "option " + Printable.quote(option.longestName())
        : Printable.quote(argument.paramLabel());
  }

  /** What a message calls the first option that was given a value and has none. */
  static String nameOfFlagWithValue(CommandSpec spec, List<String> arguments) {
    return arguments.stream()
        .filter(argument -> argument.contains("="))
        .map(argument -> spec.findOption(argument.substring(0, argument.indexOf('='))))
        .filter(option -> option != null && option.arity().max() == 0)
        .findFirst()
        .map(Options::name)
        .orElse("an option");
  }
}
