package dev.hexe.policy.cli.command;

import dev.hexe.policy.api.plan.Opcode;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.cli.Program;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.plan.PlanCache;
import dev.hexe.policy.cli.plan.PlanFile;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.cli.text.Table;
import dev.hexe.policy.cli.text.Table.Cell;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Lists and removes the plans that are kept. The launcher itself says why it would not use one. */
public final class CacheCommand {
  private static final String LIST = "list";
  private static final String CLEAR = "clear";
  private static final String WHY = "why";
  private static final String KEY = "cache-key";
  private static final String ARGUMENT = "argument ";

  private final Invocation invocation;
  private final Output output;

  public CacheCommand(Invocation invocation, Output output) {
    this.invocation = invocation;
    this.output = output.forReading(invocation.environment());
  }

  public int run(List<String> arguments) {
    ParseResult parsed = Arguments.parse(spec(), arguments);
    ParseResult chosen = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    PlanCache cache = PlanCache.of(invocation);
    if (Options.wantsHelp(chosen) || Options.wantsHelp(parsed)) {
      output.print(Arguments.usage(spec(), output));
    } else if (chosen.commandSpec().name().endsWith(" " + CLEAR)) {
      cache.clear();
    } else {
      list(cache);
    }
    return Program.DONE;
  }

  private void list(PlanCache cache) {
    List<Path> files = cache.files();
    Table table = new Table(output.width());
    files.forEach(
        file ->
            table.row(
                Cell.of("  " + file.getFileName(), output.style()::bold), Cell.of(about(file))));
    output.print(cache.summary());
    if (!files.isEmpty()) {
      output.print(table.toString());
    }
  }

  private static String about(Path file) {
    try {
      return command(PlanFile.read(file));
    } catch (CommandException e) {
      return "not a plan";
    }
  }

  /** The command line that had it compiled. */
  private static String command(Plan plan) {
    return plan.actions().stream()
        .filter(action -> action.opcode() == Opcode.NOTE)
        .filter(action -> action.operands().get(0).toString().equals(KEY))
        .flatMap(action -> action.operands().get(1).toString().lines())
        .filter(line -> line.startsWith(ARGUMENT))
        .map(line -> Printable.text(line.substring(ARGUMENT.length())))
        .collect(Collectors.joining(" "));
  }

  static CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "cache",
            "cache [list | clear | why [PROFILE] [OPTION]…]",
            "Lists the plans that are kept until the next boot, removes them, or says whether `apply` with the same options would use one, and why not.");
    spec.usageMessage()
        .footer(
            "examples:", "  hexe-policy cache list", "  hexe-policy cache why sandbox --strict");
    return spec.addSubcommand(LIST, subcommand(LIST, "Lists the plans."))
        .addSubcommand(CLEAR, subcommand(CLEAR, "Removes the plans."))
        .addSubcommand(WHY, subcommand(WHY, "Says whether there is one."))
        .addOption(Options.help());
  }

  private static CommandLine subcommand(String name, String description) {
    return new CommandLine(
        Options.command("cache " + name, "cache " + name, description).addOption(Options.help()));
  }
}
