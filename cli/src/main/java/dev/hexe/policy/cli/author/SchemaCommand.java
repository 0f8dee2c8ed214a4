package dev.hexe.policy.cli.author;

import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.ExitStatus;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.profiles.schema.FileShapes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Prints a JSON Schema, for editors. */
public final class SchemaCommand {
  private final Output output;

  /** Prints to {@code output}. */
  public SchemaCommand(Invocation invocation, Output output) {
    this.output = output.forReading(invocation.environment());
  }

  /** Runs it; the result is the exit status. */
  public int run(List<String> arguments) {
    return Arguments.act(spec(), arguments, output, this::run);
  }

  private int run(ParseResult parsed) {
    output.print(Schemas.text(Options.word(parsed).map(this::kind).orElse(FileShapes.PROFILE)));
    return ExitStatus.DONE;
  }

  private FileShapes kind(String id) {
    return Arrays.stream(FileShapes.values())
        .filter(kind -> kind.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandException(
                    "there is no schema of " + Printable.quote(id), "accepted: " + kinds()));
  }

  private static String kinds() {
    return Arrays.stream(FileShapes.values())
        .map(kind -> "`" + kind.id() + "`")
        .collect(Collectors.joining(", "));
  }

  /** What it takes. */
  public static CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "schema",
            "schema [profile | project | config | rules]",
            "Prints a JSON Schema (draft 2020-12) of a file, with which editors complete and check it.");
    spec.usageMessage()
        .footer(
            "examples:",
            "  hexe-policy schema >profile.schema.json",
            "  hexe-policy schema config       of config.yaml",
            "  hexe-policy schema project      of a project's .hexe-policy.yaml",
            "  hexe-policy schema rules        of the files in /etc/hexe-policy/rules.d");
    return spec.addPositional(Options.optionalWord("KIND", "the kind of file; else `profile`"))
        .addOption(Options.help());
  }
}
