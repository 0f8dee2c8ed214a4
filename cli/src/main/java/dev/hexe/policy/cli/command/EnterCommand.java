package dev.hexe.policy.cli.command;

import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.Output;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Says how a sandbox is entered; the launcher does it, where the arguments are complete. */
public final class EnterCommand {
  private final Output output;

  public EnterCommand(Invocation invocation, Output output) {
    this.output = output.forReading(invocation.environment());
  }

  public int run(List<String> arguments) {
    List<String> ours = Arguments.beforeDashes(arguments);
    return Arguments.act(
        spec(),
        ours,
        output,
        parsed -> {
          throw new CommandException(
              Options.word(parsed).isEmpty() ? "no sandbox named" : "no command given",
              "as in `hexe-policy enter 4711 -- sh`");
        });
  }

  static CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "enter",
            "enter ID -- COMMAND [ARGUMENT]…",
            "Runs another command in a sandbox that runs: started by its first process, it has the same namespaces, limits, environment and restrictions as the command, and ends with the sandbox. Only your standard streams go with it; what runs in the sandbox can reach them then.");
    spec.usageMessage().footer("examples:", "  hexe-policy enter 4711 -- ps aux");
    return spec.addPositional(Options.optionalWord("ID", "as `hexe-policy ps` shows it"))
        .addOption(Options.help());
  }
}
