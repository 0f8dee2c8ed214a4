package dev.hexe.policy.cli.command;

import dev.hexe.policy.cli.changes.Change;
import dev.hexe.policy.cli.changes.ChangesJson;
import dev.hexe.policy.cli.changes.ChangesKept;
import dev.hexe.policy.cli.changes.ChangesQuestion;
import dev.hexe.policy.cli.changes.ChangesReport;
import dev.hexe.policy.cli.changes.KeptRun;
import dev.hexe.policy.cli.changes.KeptRuns;
import dev.hexe.policy.cli.changes.Launcher;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.ExitStatus;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.cli.text.Table;
import dev.hexe.policy.cli.text.Table.Cell;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Lists, shows, commits and discards what commands have changed under `try`. */
public final class ChangesCommand {
  private static final String LIST = "list";
  private static final String DIFF = "diff";
  private static final String COMMIT = "commit";
  private static final String DISCARD = "discard";
  private static final String JSON = "--json";
  private static final String ALL = "--all";

  private final Invocation invocation;
  private final Output output;
  private final Launcher launcher;
  private final ChangesReport report;
  private final KeptRuns runs;

  public ChangesCommand(Invocation invocation, Output output) {
    this.invocation = invocation;
    this.output = output.forReading(invocation.environment());
    launcher = new Launcher(invocation.launcher());
    report = new ChangesReport(this.output, invocation.environment().getOrDefault("PATH", ""));
    runs = new KeptRuns(ChangesKept.stores(invocation));
  }

  public int run(List<String> arguments) {
    ParseResult parsed = Arguments.parse(spec(), arguments);
    ParseResult chosen = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    String name = chosen.commandSpec().name();
    if (Options.wantsHelp(chosen) || Options.wantsHelp(parsed)) {
      output.print(Arguments.usage(chosen.commandSpec(), output));
    } else if (name.endsWith(" " + DIFF)) {
      diff(chosen);
    } else if (name.endsWith(" " + COMMIT)) {
      return commit(chosen) ? ExitStatus.DONE : ExitStatus.DIFFERENT;
    } else if (name.endsWith(" " + DISCARD)) {
      discard(chosen);
    } else {
      list(Options.has(parsed, JSON) || Options.has(chosen, JSON));
    }
    return ExitStatus.DONE;
  }

  private void list(boolean json) {
    List<KeptRun> all = runs.all();
    if (json) {
      output.print(ChangesJson.of(all));
      return;
    }
    Table table = new Table(output.width());
    for (KeptRun run : all) {
      table.row(
          Cell.of(run.id(), output.style()::bold),
          Cell.of(run.started().toString().replace('T', ' ').replace("Z", "")),
          Cell.of(run.isInterrupted() ? "commit interrupted" : run.profile()),
          Cell.of(
              ChangesReport.command(run)
                  + "\n"
                  + run.workingDirectory()
                  + (isOurs(run) ? "" : "\n" + owner(run))));
    }
    output.print(all.isEmpty() ? "no changes are kept" : table.toString());
  }

  private void diff(ParseResult parsed) {
    KeptRun run = run(parsed);
    List<Change> changes = meant(run, parsed);
    if (Options.has(parsed, JSON)) {
      output.print(ChangesJson.of(run, changes));
      return;
    }
    output.print(report.of(run, report.items(changes)));
    changes.forEach(change -> report.diff(run, change).forEach(output::print));
  }

  private boolean commit(ParseResult parsed) {
    KeptRun run = run(parsed);
    ChangesQuestion question = new ChangesQuestion(invocation, output, run);
    if (run.isInterrupted()) {
      output.print("going on with the commit that was interrupted");
      boolean all = question.resume();
      if (paths(parsed).isEmpty()) {
        return all;
      }
    }
    return question.commit(meant(run, parsed));
  }

  private void discard(ParseResult parsed) {
    boolean all = Options.has(parsed, ALL);
    if (all == parsed.hasMatchedPositional(0)) {
      throw new CommandException(
          all ? "`--all` and an id exclude each other" : "nothing to discard is named",
          "name one as `hexe-policy changes` lists it, or say `--all`");
    }
    for (KeptRun run : all ? runs.all() : List.of(run(parsed))) {
      if (all && !isOurs(run)) {
        output.print("kept " + run.id() + ", " + owner(run) + ": name it to discard it");
        continue;
      }
      run.discard(launcher);
      output.print("discarded " + run.id());
    }
  }

  /** Homes of one user id share a store outside of them. */
  private boolean isOurs(KeptRun run) {
    return run.home().equals(invocation.profileContext().home().toString());
  }

  private static String owner(KeptRun run) {
    return run.home().isEmpty()
        ? "of an unknown home"
        : "of the home " + Printable.quote(run.home());
  }

  private KeptRun run(ParseResult parsed) {
    return runs.named(
        Options.word(parsed)
            .orElseThrow(
                () ->
                    new CommandException(
                        "no changes are named", "`hexe-policy changes` lists their ids")));
  }

  private static List<String> paths(ParseResult parsed) {
    return parsed.matchedPositionals().stream()
        .filter(positional -> positional.index().min() == 1)
        .map(positional -> positional.<List<String>>getValue())
        .findFirst()
        .orElse(List.of());
  }

  /** All, or those at and below the paths, with the directories that they take. */
  private List<Change> meant(KeptRun run, ParseResult parsed) {
    List<Change> all = run.changes(launcher);
    List<String> paths = paths(parsed);
    List<Change> meant = new java.util.ArrayList<>();
    List<Path> wanted = paths.stream().map(this::absolute).toList();
    for (Path path : wanted) {
      if (all.stream().noneMatch(change -> isIn(change, path))) {
        throw new CommandException(
            "nothing of " + Printable.quote(path.toString()) + " was changed",
            "`hexe-policy changes diff " + run.id() + "` shows what was");
      }
    }
    for (Change change : all) {
      if (paths.isEmpty()
          || wanted.stream().anyMatch(path -> isIn(change, path) || isNeededFor(change, path))) {
        meant.add(change);
      }
    }
    return meant;
  }

  private Path absolute(String path) {
    return invocation.profileContext().cwd().resolve(path).normalize();
  }

  private static boolean isIn(Change change, Path path) {
    return Path.of(change.file()).startsWith(path);
  }

  private static boolean isNeededFor(Change change, Path path) {
    return change.kind() == Change.Kind.ADD
        && change.isDirectory()
        && path.startsWith(change.file());
  }

  static CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "changes",
            "changes [list | diff ID [PATH]… | commit ID [PATH]… | discard ID]",
            "Lists what commands have changed under `try`, shows it, commits it to the host's"
                + " files, or discards it.");
    spec.usageMessage()
        .footer(
            "examples:",
            "  hexe-policy changes",
            "  hexe-policy changes diff 3f9 src",
            "  hexe-policy changes commit 3f9 src package.json",
            "",
            "What was changed outside meanwhile is never overwritten; a commit that was interrupted"
                + " goes on with `changes commit ID`.");
    return spec.addSubcommand(LIST, part(LIST, "changes list [--json]", "Lists the runs.", JSON))
        .addSubcommand(
            DIFF, withPaths(part(DIFF, "changes diff ID [PATH]…", "Shows what was changed.", JSON)))
        .addSubcommand(
            COMMIT,
            withPaths(
                part(COMMIT, "changes commit ID [PATH]…", "Carries it over to the host.", "")))
        .addSubcommand(
            DISCARD, withId(part(DISCARD, "changes discard ID | --all", "Forgets it.", ALL)))
        .addOption(Options.flag("for programs", JSON))
        .addOption(Options.help());
  }

  private static CommandLine part(String name, String synopsis, String description, String flag) {
    CommandSpec spec = Options.command("changes " + name, synopsis, description);
    if (!flag.isEmpty()) {
      spec.addOption(
          Options.flag(flag.equals(ALL) ? "of all runs of this home" : "for programs", flag));
    }
    return new CommandLine(spec.addOption(Options.help()));
  }

  private static CommandLine withId(CommandLine line) {
    line.getCommandSpec()
        .addPositional(Options.optionalWord("ID", "as the list has it, or how it begins"));
    return line;
  }

  private static CommandLine withPaths(CommandLine line) {
    withId(line)
        .getCommandSpec()
        .addPositional(
            PositionalParamSpec.builder()
                .index("1..*")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel("PATH")
                .description("only what is there or below")
                .build());
    return line;
  }
}
