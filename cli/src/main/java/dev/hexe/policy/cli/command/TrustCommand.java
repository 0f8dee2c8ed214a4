package dev.hexe.policy.cli.command;

import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.ExitStatus;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.profiles.project.ProjectFile;
import dev.hexe.policy.profiles.project.TrustedFiles;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Remembers that its user has read a project's policy, or lists and forgets what was trusted. */
public final class TrustCommand {
  private static final String YES = "--yes";
  private static final String LIST = "--list";
  private static final String FORGET = "--forget";

  private final Invocation invocation;
  private final Output output;
  private final TrustedFiles trusted;

  public TrustCommand(Invocation invocation, Output output) {
    this.invocation = invocation;
    this.output = output.forReading(invocation.environment());
    this.trusted = TrustedFiles.of(invocation.profileContext());
  }

  public int run(List<String> arguments) {
    return Arguments.act(spec(), arguments, output, this::run);
  }

  private int run(ParseResult parsed) {
    if (Options.has(parsed, LIST)) {
      trusted.all().keySet().forEach(file -> output.print(line(file)));
    } else if (Options.has(parsed, FORGET)) {
      forget(file(parsed));
    } else {
      trust(file(parsed), Options.has(parsed, YES));
    }
    return ExitStatus.DONE;
  }

  private String line(Path file) {
    boolean same =
        Files.exists(file)
            && TrustedFiles.hash(TrustedFiles.text(file)).equals(trusted.all().get(file));
    String state = Files.exists(file) ? "changed since" : "gone";
    return Printable.text(file.toString()) + (same ? "" : "  (" + state + ")");
  }

  private void forget(Path file) {
    if (!trusted.forget(file)) {
      throw new CommandException(Printable.quote(file.toString()) + " was not trusted", "");
    }
  }

  private void trust(Path file, boolean yes) {
    String text = TrustedFiles.text(file);
    output.print(Printable.text(file.toString()) + ":");
    output.print(
        Printable.text(text.replace("\r\n", "\n")).stripTrailing().indent(4).stripTrailing());
    if (TrustedFiles.hash(text).equals(trusted.all().get(file))) {
      output.print("it is trusted as it is");
      return;
    }
    if (!yes && !isWanted()) {
      throw new CommandException("nothing is trusted that was not", "");
    }
    trusted.trust(file, text);
    output.print("trusted until it changes");
  }

  private static boolean isWanted() {
    Console console =
        Output.terminal()
            .orElseThrow(
                () ->
                    new CommandException(
                        "nobody can be asked: this is not a terminal",
                        "`--yes` trusts it as it is"));
    String answer = console.readLine("trust it, until it changes? [y/N] ");
    return answer != null && answer.strip().matches("[yY]|[yY][eE][sS]");
  }

  /** The one that is named, or the nearest one; as the launcher's working directory has it. */
  private Path file(ParseResult parsed) {
    Path cwd = invocation.profileContext().cwd();
    Path file =
        Options.word(parsed)
            .map(cwd::resolve)
            .orElseGet(
                () ->
                    ProjectFile.find(cwd)
                        .orElseThrow(
                            () ->
                                new CommandException(
                                    "no `" + ProjectFile.NAME + "` here or above", "")));
    return Files.isDirectory(file) ? real(file).resolve(ProjectFile.NAME) : inRealDirectory(file);
  }

  private static Path inRealDirectory(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file : real(parent).resolve(String.valueOf(file.getFileName()));
  }

  private static Path real(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException e) {
      throw new CommandException(
          Printable.quote(directory.toString()) + " is not a directory that can be entered", "");
    }
  }

  static CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "trust",
            "trust [FILE | --list | --forget [FILE]]",
            "Shows a project's policy, `.hexe-policy.yaml`, and lets it count until it changes. It can only take away from what a profile allows.");
    spec.usageMessage()
        .footer(
            "examples:",
            "  hexe-policy trust                 the one in this directory, or the nearest one above",
            "  hexe-policy trust ~/src/shop --yes");
    return spec.addPositional(
            Options.optionalWord("FILE", "a project's policy, or the directory that it is in"))
        .addOption(Options.flag("do not ask", YES, "-y"))
        .addOption(Options.flag("list what is trusted", LIST))
        .addOption(Options.flag("trust it no longer", FORGET))
        .addOption(Options.help());
  }
}
