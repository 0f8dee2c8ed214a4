package dev.hexe.policy.cli.command;

import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.Output;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Says how the launcher runs a command by a plan. It does so itself, and comes here for help. */
public final class RunCommand {
  private final Output output;

  public RunCommand(Output output) {
    this.output = output;
  }

  /** Runs it; the result is the exit status. */
  public int run(List<String> arguments) {
    return Arguments.act(
        spec(),
        Arguments.beforeDashes(arguments),
        output,
        parsed -> {
          throw new CommandException(
              "`run` needs a plan, `--` and a command",
              "hexe-policy run PLAN -- COMMAND [ARGUMENT]…");
        });
  }

  static CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "run",
            "run FILE -- COMMAND [ARGUMENT]…",
            "Runs a command by a plan that `compile` wrote. No JVM is started.");
    spec.usageMessage().footer("examples:", "  hexe-policy run sandbox.plan -- make test");
    return spec.addPositional(Options.optionalWord("FILE", "a plan")).addOption(Options.help());
  }
}
