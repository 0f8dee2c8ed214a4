package dev.hexe.policy.cli.command;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Opcode;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.plan.PlanWriter;
import dev.hexe.policy.api.plan.Reports;
import dev.hexe.policy.cli.host.BackgroundProbe;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.option.PlainArguments;
import dev.hexe.policy.cli.option.ReportOptions;
import dev.hexe.policy.cli.option.SelectionOptions;
import dev.hexe.policy.cli.option.ShortHelp;
import dev.hexe.policy.cli.plan.PlanMaker;
import dev.hexe.policy.cli.selection.Selection;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.ErrorMessage;
import dev.hexe.policy.cli.text.ExitStatus;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.profiles.site.NamedFloat;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Compiles a plan for the launcher, which waits for it and then runs the command. */
public final class ApplyCommand {
  private final Invocation invocation;
  private final Output output;

  public ApplyCommand(Invocation invocation, Output output) {
    this.invocation = invocation;
    this.output = output;
  }

  public int run(List<String> arguments) {
    return invocation
        .plan()
        .map(destination -> compile(arguments, destination))
        .orElseGet(() -> withoutCommand(arguments));
  }

  private int compile(List<String> arguments, Path destination) {
    try (BackgroundProbe inquiry = BackgroundProbe.start(invocation)) {
      Selection selection = PlainArguments.read(arguments).orElseGet(() -> parse(arguments));
      requireCommand(selection);
      write(plan(selection, inquiry), destination);
    }
    return ExitStatus.DONE;
  }

  /** The launcher starts the compiler without a command where a float may be named. */
  private void requireCommand(Selection selection) {
    boolean named =
        selection.choices().stream().anyMatch(it -> it.profile().startsWith(NamedFloat.SIGN));
    if (invocation.command().isEmpty() && !named) {
      throw noCommand();
    }
  }

  private static CommandException noCommand() {
    return new CommandException(
        "no command given", "put it after `--`, as in `hexe-policy apply sandbox -- make test`");
  }

  /** Where a status was asked for, a refusal is told there as well, by the launcher. */
  private Plan plan(Selection selection, BackgroundProbe inquiry) {
    try {
      return new PlanMaker(invocation).toRun(selection, inquiry, output::complain);
    } catch (RuntimeException e) {
      List<Action> status =
          selection.reports().stream()
              .filter(
                  report ->
                      report.opcode() == Opcode.STATUS_DESCRIPTOR
                          || report.opcode() == Opcode.STATUS_FILE)
              .toList();
      if (status.isEmpty()) {
        throw e;
      }
      output.complain(ErrorMessage.about(e, invocation.isDebugging()));
      return new Plan(
          Stream.concat(status.stream(), Stream.of(Reports.refuse(ErrorMessage.message(e))))
              .toList());
    }
  }

  private static Selection parse(List<String> arguments) {
    ParseResult parsed = Arguments.parse(spec(), arguments);
    if (Options.wantsHelp(parsed)) {
      throw new CommandException("`--help` runs no command", "leave out `--` and all after it");
    }
    return SelectionOptions.read(parsed);
  }

  private int withoutCommand(List<String> arguments) {
    CommandSpec spec = spec();
    List<String> ours = Arguments.beforeDashes(arguments);
    if (ours.contains("--help=all")) {
      output.print(Arguments.usage(spec, output.forReading(invocation.environment())));
      return ExitStatus.DONE;
    }
    if (!ours.contains("--help") && !ours.contains("-h")) {
      throw noCommand();
    }
    output.print(ShortHelp.of(spec, "apply"));
    return ExitStatus.DONE;
  }

  static void write(Plan plan, Path destination) {
    byte[] bytes = PlanWriter.write(plan);
    try (OutputStream stream = new FileOutputStream(destination.toFile())) {
      stream.write(bytes);
    } catch (IOException e) {
      throw new CommandException("cannot hand the plan to the launcher: " + e.getMessage(), "");
    }
  }

  public static CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "apply",
            "apply [PROFILE] [OPTION]… -- COMMAND [ARGUMENT]…",
            "Runs a command under a profile, or refuses where the profile cannot be enforced.");
    spec.usageMessage()
        .footer(
            "examples:",
            "  hexe-policy apply -- npm install    under the profile `default`",
            "  hexe-policy apply sandbox -- ./configure",
            "  hexe-policy apply ./build.yaml --memory=2G -- make",
            "  hexe-policy apply @lazygit          the float of this name in `config.yaml`",
            "",
            "HEXE_VOIDBOX_PROFILE names a profile, and HEXE_POD_ISOLATE=1 chooses `isolated`, where no option does.");
    return ReportOptions.addTo(SelectionOptions.addTo(spec))
        .addOption(
            Options.flag(
                "report what was refused because of the policy; --why=FILE: as JSON lines, see `why`",
                "--why"));
  }
}
