package dev.hexe.policy.cli.command;

import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.text.ExitStatus;
import dev.hexe.policy.cli.text.Output;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The help of {@code cache}, which the launcher answers by itself. */
public final class CacheCommand {
  private static final String LIST = "list";
  private static final String CLEAR = "clear";
  private static final String WHY = "why";

  private final Invocation invocation;
  private final Output output;

  public CacheCommand(Invocation invocation, Output output) {
    this.invocation = invocation;
    this.output = output.forReading(invocation.environment());
  }

  public int run(List<String> arguments) {
    ParseResult parsed = Arguments.parse(spec(), arguments);
    ParseResult chosen = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    if (Options.wantsHelp(chosen) || Options.wantsHelp(parsed)) {
      output.print(Arguments.usage(spec(), output));
      return ExitStatus.DONE;
    }
    boolean clears = chosen.commandSpec().name().endsWith(" " + CLEAR);
    return LauncherListing.of(invocation, "cache", clears ? CLEAR : LIST);
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
