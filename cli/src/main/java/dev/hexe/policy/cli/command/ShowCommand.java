package dev.hexe.policy.cli.command;

import dev.hexe.policy.api.plan.Opcode;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.plan.PlanDigest;
import dev.hexe.policy.cli.plan.PlanFile;
import dev.hexe.policy.cli.plan.PlanListing;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.ExitStatus;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.cli.text.Table;
import dev.hexe.policy.cli.text.Table.Cell;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Shows a plan in a file: what was decided, and what it does. */
public final class ShowCommand {
  private final Output output;

  public ShowCommand(Invocation invocation, Output output) {
    this.output = output.forReading(invocation.environment());
  }

  public int run(List<String> arguments) {
    return Arguments.act(spec(), arguments, output, this::run);
  }

  private int run(ParseResult parsed) {
    String file =
        Options.word(parsed)
            .orElseThrow(
                () ->
                    new CommandException("no plan named", "as in `hexe-policy show sandbox.plan`"));
    output.print(text(PlanFile.read(Path.of(file))));
    return ExitStatus.DONE;
  }

  private String text(Plan plan) {
    return notes(plan)
        + "\n"
        + digest(plan)
        + "\n\n"
        + new PlanListing(output.style(), output.width()).of(plan);
  }

  private Table notes(Plan plan) {
    Table table = new Table(output.width());
    plan.actions().stream()
        .filter(action -> action.opcode() == Opcode.NOTE)
        .forEach(
            note ->
                table.row(
                    Cell.of(note.operands().get(0).toString(), output.style()::bold),
                    Cell.of(Printable.text(note.operands().get(1).toString()))));
    return table;
  }

  private static String digest(Plan plan) {
    return PlanDigest.claimed(plan)
        .map(
            claimed ->
                claimed.equals(PlanDigest.of(plan))
                    ? "the plan is as it was compiled"
                    : "the plan is not as it was compiled: its digest is " + PlanDigest.of(plan))
        .orElseGet(() -> "its digest would be " + PlanDigest.of(plan));
  }

  static CommandSpec spec() {
    CommandSpec spec =
        Options.command("show", "show FILE", "Shows what a plan in a file decides and does.");
    return spec.addPositional(Options.optionalWord("FILE", "a plan that `compile` wrote"))
        .addOption(Options.help());
  }
}
