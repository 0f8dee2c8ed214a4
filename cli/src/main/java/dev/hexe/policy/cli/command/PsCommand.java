package dev.hexe.policy.cli.command;

import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.text.Output;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The help of {@code ps}, which the launcher answers by itself. */
public final class PsCommand {
  private static final String JSON = "--json";

  private final Invocation invocation;
  private final Output output;

  public PsCommand(Invocation invocation, Output output) {
    this.invocation = invocation;
    this.output = output.forReading(invocation.environment());
  }

  public int run(List<String> arguments) {
    return Arguments.act(spec(), arguments, output, this::run);
  }

  private int run(ParseResult parsed) {
    return Options.has(parsed, JSON)
        ? LauncherListing.of(invocation, "ps", JSON)
        : LauncherListing.of(invocation, "ps");
  }

  static CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "ps",
            "ps [--json]",
            "Lists your sandboxes that run. A command that took the launcher's place, as under `isolated` without limits, has no supervisor and is not listed.");
    spec.usageMessage()
        .footer(
            "examples:",
            "  hexe-policy ps",
            "  hexe-policy enter 4711 -- sh",
            "  hexe-policy stop 4711");
    return spec.addOption(Options.flag("print JSON", JSON)).addOption(Options.help());
  }
}
