package dev.hexe.policy.cli.option;

import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.ExitStatus;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.cli.text.Spelling;
import dev.hexe.policy.cli.text.Style;
import java.util.List;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Picocli's parser, with our words for what goes wrong. */
public final class Arguments {
  private static final String DASHES = "--";

  private Arguments() {}

  /**
   * Reads arguments.
   *
   * @throws CommandException where they do not fit
   */
  public static ParseResult parse(CommandSpec spec, List<String> arguments) {
    try {
      return line(spec).parseArgs(arguments.toArray(String[]::new));
    } catch (UnmatchedArgumentException e) {
      throw unmatched(e);
    } catch (MissingParameterException e) {
      throw mistake(Options.name(e.getMissing().get(0)) + " needs a value", e);
    } catch (OverwrittenOptionException e) {
      throw mistake(Options.name(e.getOverwritten()) + " is given twice", e);
    } catch (ParameterException e) {
      throw mistake(Options.nameOfFlagWithValue(spec, arguments) + " takes no value", e);
    }
  }

  /** Reads arguments and acts on them, or prints the help that they ask for. */
  public static int act(
      CommandSpec spec, List<String> arguments, Output output, ToIntFunction<ParseResult> action) {
    ParseResult parsed = parse(spec, arguments);
    if (Options.wantsHelp(parsed)) {
      output.print(usage(spec, output));
      return ExitStatus.DONE;
    }
    return action.applyAsInt(parsed);
  }

  /** What comes before {@code --}. */
  public static List<String> beforeDashes(List<String> arguments) {
    int dashes = arguments.indexOf(DASHES);
    return dashes < 0 ? arguments : arguments.subList(0, dashes);
  }

  /** The help of a command. */
  public static String usage(CommandSpec spec, Output output) {
    Ansi ansi = output.style() == Style.COLOUR ? Ansi.ON : Ansi.OFF;
    return line(spec).setUsageHelpWidth(output.width()).getUsageMessage(ansi).stripTrailing();
  }

  /** The known word that comes nearest to an unknown one, or other help. */
  public static String suggestion(CommandSpec spec, String word, String otherwise) {
    try {
      line(spec).parseArgs(word);
    } catch (UnmatchedArgumentException e) {
      return suggestion(e, otherwise);
    }
    return otherwise;
  }

  private static CommandLine line(CommandSpec spec) {
    return new CommandLine(spec).setExpandAtFiles(false);
  }

  private static CommandException mistake(String message, ParameterException e) {
    return new CommandException(message, help(e.getCommandLine()));
  }

  private static CommandException unmatched(UnmatchedArgumentException e) {
    String what = e.isUnknownOption() ? "unknown option " : "unexpected argument ";
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    return new CommandException(
        what + Printable.quote(word(e)),
        ForeignOptions.help(spec, word(e))
            .orElseGet(() -> suggestion(e, help(e.getCommandLine()))));
  }

  private static String suggestion(UnmatchedArgumentException e, String otherwise) {
    return Spelling.nearest(word(e), e.getSuggestions())
        .map(near -> "did you mean " + Printable.quote(near) + "?")
        .orElse(otherwise);
  }

  /** The first thing that is not understood; of an option only its name. */
  private static String word(UnmatchedArgumentException e) {
    String word = e.getUnmatched().get(0);
    return e.isUnknownOption() ? word.replaceFirst("=.*", "") : word;
  }

  private static String help(CommandLine line) {
    return "`" + line.getCommandSpec().qualifiedName() + " --help` lists the options";
  }
}
