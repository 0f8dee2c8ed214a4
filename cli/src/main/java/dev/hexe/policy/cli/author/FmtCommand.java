package dev.hexe.policy.cli.author;

import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.ExitStatus;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.profiles.Reviews;
import dev.hexe.policy.profiles.context.StandardInput;
import dev.hexe.policy.profiles.library.Library;
import dev.hexe.policy.profiles.schema.FileFormat;
import dev.hexe.policy.profiles.schema.FileFormat.Formatted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Prints or writes files in the canonical style. */
public final class FmtCommand {
  private static final String CHECK = "--check";
  private static final String WRITE = "--write";

  private final Invocation invocation;
  private final Output output;

  /** Formats files as {@code invocation} finds them. */
  public FmtCommand(Invocation invocation, Output output) {
    this.invocation = invocation;
    this.output = output;
  }

  /** Runs it; the result is the exit status. */
  public int run(List<String> arguments) {
    return Arguments.act(spec(), arguments, output, this::run);
  }

  private int run(ParseResult parsed) {
    boolean check = Options.has(parsed, CHECK);
    boolean write = Options.has(parsed, WRITE);
    if (check && write) {
      throw new CommandException("`--check` and `--write` exclude each other", "choose one");
    }
    List<String> files = parsed.matchedPositionalValue(0, List.of());
    if (files.isEmpty()) {
      throw new CommandException(
          "no file named", "as in `hexe-policy fmt --write build.yaml`, or - for standard input");
    }
    int status = ExitStatus.DONE;
    for (String file : files) {
      status = Math.max(status, run(file, check, write));
    }
    return status;
  }

  private int run(String name, boolean check, boolean write) {
    boolean input = name.equals(StandardInput.NAME);
    if (input && write) {
      throw new CommandException("standard input cannot be written", "leave out `--write`");
    }
    Path file = input ? Path.of(name) : file(name);
    Formatted text = input ? FileFormat.input() : FileFormat.file(file, name);
    if (!check && !write) {
      output.print(text.after().stripTrailing());
      return ExitStatus.DONE;
    }
    if (text.isCanonical()) {
      return ExitStatus.DONE;
    }
    output.print(Printable.text(input ? "standard input" : name));
    if (write) {
      ReplacedFile.write(file, text.after());
    }
    return write ? ExitStatus.DONE : ExitStatus.DIFFERENT;
  }

  /** Where a file lies, or a profile of this name. */
  private Path file(String name) {
    Path file = invocation.profileContext().cwd().resolve(name);
    if (Library.isPath(name) || Files.exists(file)) {
      return file;
    }
    return new Reviews(invocation.profileContext())
        .file(name)
        .orElseThrow(
            () ->
                new CommandException(
                    Printable.quote(name) + " is shipped, and no file of yours",
                    "`hexe-policy profiles show " + Printable.text(name) + "` prints it"));
  }

  /** What it takes. */
  public static CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "fmt",
            "fmt FILE|PROFILE… [--check | --write]",
            "Prints files of this program in one style: the manual's order of keys, two spaces for each level. Comments stay, and what a file means does not change.");
    spec.usageMessage()
        .footer(
            "examples:",
            "  hexe-policy fmt build.yaml",
            "  hexe-policy fmt --write shop           a profile of yours",
            "  hexe-policy fmt --write ~/.config/hexe-policy/profiles/*.yaml",
            "  hexe-policy fmt --check ci/*.yaml      names those that differ, with status 1",
            "",
            "The exit status is 0, 1 where --check finds a difference, 125 where a file cannot be read.");
    return spec.addPositional(
            PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel("FILE|PROFILE")
                .description("a file, the name of a profile of yours, or - for standard input")
                .build())
        .addOption(Options.flag("print only the names of files that differ", CHECK))
        .addOption(
            Options.flag("write them, and print the names of those that were changed", WRITE))
        .addOption(Options.help());
  }
}
