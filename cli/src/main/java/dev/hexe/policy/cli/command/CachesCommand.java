package dev.hexe.policy.cli.command;

import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.option.ParsedArguments;
import dev.hexe.policy.cli.plan.ProjectCaches;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.ExitStatus;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.cli.text.Table;
import dev.hexe.policy.cli.text.Table.Cell;
import dev.hexe.policy.cli.text.Words;
import dev.hexe.policy.profiles.value.LimitFormats;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Lists and removes the caches that are kept for projects. */
public final class CachesCommand {
  private static final String REMOVE = "remove";
  private static final String LIST = "list";
  private static final String JSON = "--json";
  private static final String ALL = "--all";

  private final Invocation invocation;
  private final Output output;

  public CachesCommand(Invocation invocation, Output output) {
    this.invocation = invocation;
    this.output = output.forReading(invocation.environment());
  }

  public int run(List<String> arguments) {
    ParseResult parsed = Arguments.parse(spec(), arguments);
    ParseResult chosen = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    ProjectCaches caches = ProjectCaches.of(invocation);
    if (Options.wantsHelp(chosen) || Options.wantsHelp(parsed)) {
      output.print(Arguments.usage(spec(), output));
    } else if (chosen.commandSpec().name().endsWith(" " + REMOVE)) {
      remove(caches, ParsedArguments.of(chosen));
    } else {
      list(caches, ParsedArguments.of(parsed).has(JSON) || ParsedArguments.of(chosen).has(JSON));
    }
    return ExitStatus.DONE;
  }

  private void list(ProjectCaches caches, boolean json) {
    List<ProjectCaches.Kept> all = caches.list();
    if (json) {
      output.print(CachesJson.of(all));
      return;
    }
    output.print("caches of projects are kept in " + Printable.text(caches.root().toString()));
    Table table = new Table(output.width());
    for (ProjectCaches.Kept kept : all) {
      String use = kept.inUse() ? ", in use" : "";
      table.row(
          Cell.of("  " + Printable.text(kept.name()), output.style()::bold),
          Cell.of(LimitFormats.text(kept.bytes())),
          Cell.of(Words.count(kept.slots(), "slot") + use),
          Cell.of(Printable.line(kept.project())));
    }
    if (!all.isEmpty()) {
      output.print(table.toString());
    }
  }

  private void remove(ProjectCaches caches, ParsedArguments given) {
    boolean all = given.has(ALL);
    if (given.word().isPresent() == all) {
      throw new CommandException(
          all ? "`--all` and a project exclude each other" : "nothing to remove is named",
          "name a project as `hexe-policy caches` lists it, or its directory; or say `--all`");
    }
    List<ProjectCaches.Kept> meant =
        all ? caches.list() : List.of(caches.named(given.word().orElseThrow()));
    for (ProjectCaches.Kept kept : meant) {
      caches.remove(kept);
      output.print("removed " + Printable.text(kept.name()));
    }
  }

  static CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "caches",
            "caches [list [--json] | remove PROJECT | remove --all]",
            "Lists what sandboxes keep of caches for each project, with sizes, or removes it.");
    spec.usageMessage()
        .footer(
            "examples:",
            "  hexe-policy caches",
            "  hexe-policy caches remove ~/src/shop",
            "",
            "`apply --fresh-caches` forgets those of one project at its start.");
    CommandSpec remove =
        Options.command("caches " + REMOVE, "caches remove PROJECT", "Removes what is kept.")
            .addOption(Options.flag("of all projects", ALL))
            .addOption(Options.help());
    remove.addPositional(
        Options.optionalWord("PROJECT", "a project's directory, or its name in the list"));
    CommandSpec list =
        Options.command("caches " + LIST, "caches list", "Lists what is kept.")
            .addOption(Options.flag("for programs", JSON))
            .addOption(Options.help());
    return spec.addSubcommand(LIST, new CommandLine(list))
        .addSubcommand(REMOVE, new CommandLine(remove))
        .addOption(Options.flag("for programs", JSON))
        .addOption(Options.help());
  }
}
