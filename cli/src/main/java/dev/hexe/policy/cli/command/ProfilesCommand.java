package dev.hexe.policy.cli.command;

import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.option.PlainFlags;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.ExitStatus;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.cli.text.Table;
import dev.hexe.policy.cli.text.Table.Cell;
import dev.hexe.policy.profiles.Profiles;
import dev.hexe.policy.profiles.library.Listing;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Lists profiles, and shows what they say. */
public final class ProfilesCommand {
  private static final String JSON = "--json";
  private static final String LIST = "list";
  private static final String SHOW = "show";
  private static final String RESOLVED = "--resolved";

  private final Invocation invocation;
  private final Output output;

  public ProfilesCommand(Invocation invocation, Output output) {
    this.invocation = invocation;
    this.output = output.forReading(invocation.environment());
  }

  public int run(List<String> arguments) {
    return PlainFlags.of(arguments, Set.of(LIST, JSON))
        .map(given -> list(given.contains(JSON)))
        .orElseGet(() -> parse(arguments));
  }

  private int parse(List<String> arguments) {
    CommandSpec show = show();
    CommandSpec spec = spec(show);
    ParseResult parsed = Arguments.parse(spec, arguments);
    ParseResult chosen = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    if (Options.wantsHelp(chosen) || Options.wantsHelp(parsed)) {
      output.print(Arguments.usage(chosen.commandSpec(), output));
    } else if (chosen.commandSpec().equals(show)) {
      output.print(Printable.text(source(chosen).replace("\r\n", "\n")).stripTrailing());
    } else {
      return list(Options.has(parsed, JSON) || Options.has(chosen, JSON));
    }
    return ExitStatus.DONE;
  }

  private int list(boolean json) {
    List<Listing> listings = profiles().list();
    output.print(json ? ProfilesJson.of(listings) : table(listings));
    return ExitStatus.DONE;
  }

  private Profiles profiles() {
    return new Profiles(invocation.profileContext());
  }

  private String source(ParseResult parsed) {
    String name =
        Options.word(parsed)
            .orElseThrow(
                () ->
                    new CommandException(
                        "no profile named", "as in `hexe-policy profiles show sandbox`"));
    return Options.has(parsed, RESOLVED)
        ? profiles().resolvedSource(name)
        : profiles().source(name);
  }

  private String table(List<Listing> listings) {
    Table table = new Table(output.width());
    for (Listing listing : listings) {
      table.row(
          Cell.of(listing.name(), output.style()::bold),
          Cell.of(listing.origin(), output.style()::dim),
          Cell.of(listing.summary()));
    }
    return table.toString();
  }

  static CommandSpec spec() {
    return spec(show());
  }

  private static CommandSpec spec(CommandSpec show) {
    CommandSpec spec =
        Options.command(
            "profiles", "profiles [list | show PROFILE]", "Lists all profiles, or shows one.");
    spec.usageMessage()
        .footer(
            "examples:",
            "  hexe-policy profiles",
            "  hexe-policy profiles show sandbox",
            "  hexe-policy profiles show ./build.yaml --resolved");
    return spec.addSubcommand(LIST, new CommandLine(list()))
        .addSubcommand(SHOW, new CommandLine(show))
        .addOption(Options.flag("print JSON", JSON))
        .addOption(Options.help());
  }

  private static CommandSpec list() {
    return Options.command(LIST, "profiles list [--json]", "Lists all profiles.")
        .addOption(Options.flag("print JSON", JSON))
        .addOption(Options.help());
  }

  private static CommandSpec show() {
    return Options.command(
            SHOW, "profiles show PROFILE [--resolved]", "Shows a profile as it was written.")
        .addOption(
            Options.flag(
                "with all that it extends, each line with the place it comes from", RESOLVED))
        .addPositional(Options.optionalWord("PROFILE", "a name that is listed, or a file"))
        .addOption(Options.help());
  }
}
