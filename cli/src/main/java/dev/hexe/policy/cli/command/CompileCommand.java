package dev.hexe.policy.cli.command;

import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.cli.host.BackgroundProbe;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.option.ReportOptions;
import dev.hexe.policy.cli.option.SelectionOptions;
import dev.hexe.policy.cli.plan.PlanDigest;
import dev.hexe.policy.cli.plan.PlanFile;
import dev.hexe.policy.cli.plan.PlanMaker;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.ExitStatus;
import dev.hexe.policy.cli.text.Output;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Compiles a plan into a file, for {@code run}. */
public final class CompileCommand {
  private static final String OUTPUT = "--output";

  private final Invocation invocation;
  private final Output output;

  public CompileCommand(Invocation invocation, Output output) {
    this.invocation = invocation;
    this.output = output.forReading(invocation.environment());
  }

  public int run(List<String> arguments) {
    return Arguments.act(spec(), arguments, output, this::run);
  }

  private int run(ParseResult parsed) {
    Path file =
        Options.text(parsed, OUTPUT)
            .map(Path::of)
            .orElseThrow(() -> new CommandException("no file named", "say where with `-o FILE`"));
    try (BackgroundProbe inquiry = BackgroundProbe.start(invocation)) {
      Plan plan = new PlanMaker(invocation).toKeep(SelectionOptions.read(parsed), inquiry, file);
      PlanFile.write(PlanDigest.addTo(plan), file);
    }
    return ExitStatus.DONE;
  }

  static CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "compile",
            "compile [PROFILE] [OPTION]… -o FILE",
            "Writes the plan that `apply` would carry out, for this host and this user.");
    spec.usageMessage()
        .footer(
            "examples:",
            "  hexe-policy compile sandbox -o sandbox.plan",
            "  hexe-policy show sandbox.plan",
            "  hexe-policy run sandbox.plan -- make test");
    return ReportOptions.addTo(SelectionOptions.addTo(spec))
        .addOption(Options.named("FILE", "write the plan to this file", "-o", OUTPUT));
  }
}
