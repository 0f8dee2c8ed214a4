package dev.hexe.policy.cli.command;

import dev.hexe.policy.cli.explain.ComparedProfile;
import dev.hexe.policy.cli.explain.Comparison;
import dev.hexe.policy.cli.explain.ComparisonJson;
import dev.hexe.policy.cli.explain.ComparisonReport;
import dev.hexe.policy.cli.explain.ExplainJson;
import dev.hexe.policy.cli.explain.ExplainReport;
import dev.hexe.policy.cli.explain.Explainer;
import dev.hexe.policy.cli.explain.Explanation;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.option.PlainArguments;
import dev.hexe.policy.cli.option.SelectionOptions;
import dev.hexe.policy.cli.selection.Selection;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.ExitStatus;
import dev.hexe.policy.cli.text.Output;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Shows what {@code apply} would do with the same options, and why; or how two profiles differ. */
public final class ExplainCommand {
  private static final String JSON = "--json";
  private static final String HOST = "--host";
  private static final String DIFF = "--diff";

  private static final Set<String> PLAIN = Set.of(JSON, "--strict", "--best-effort", "--isolated");

  private final Invocation invocation;
  private final Output output;

  public ExplainCommand(Invocation invocation, Output output) {
    this.invocation = invocation;
    this.output = output.forReading(invocation.environment());
  }

  public int run(List<String> arguments) {
    ExplainCommand here = new ExplainCommand(invocation.forCommandOf(arguments), output);
    List<String> ours = Arguments.beforeDashes(arguments);
    return ours.stream().allMatch(ExplainCommand::isPlain) ? here.plain(ours) : here.parsed(ours);
  }

  /** A profile's name, as a rule. */
  private static boolean isPlain(String argument) {
    return !argument.startsWith("-") || PLAIN.contains(argument);
  }

  private int plain(List<String> arguments) {
    List<String> selecting = arguments.stream().filter(it -> !it.equals(JSON)).toList();
    boolean once = arguments.size() - selecting.size() < 2;
    return PlainArguments.read(selecting)
        .filter(selection -> once)
        .map(selection -> explain(selection, Optional.empty(), arguments.contains(JSON)))
        .orElseGet(() -> parsed(arguments));
  }

  private int parsed(List<String> arguments) {
    return Arguments.act(spec(), arguments, output, this::run);
  }

  private int run(ParseResult parsed) {
    Selection selection = SelectionOptions.read(parsed);
    return Options.has(parsed, DIFF)
        ? compare(selection, parsed)
        : explain(selection, Options.text(parsed, HOST), Options.has(parsed, JSON));
  }

  private int explain(Selection selection, Optional<String> host, boolean json) {
    Explanation explanation = new Explainer(invocation, host).explain(selection);
    output.print(
        json ? ExplainJson.of(explanation) : new ExplainReport(explanation, output).text());
    return ExitStatus.DONE;
  }

  private int compare(Selection selection, ParseResult parsed) {
    List<String> names = Options.texts(parsed, DIFF);
    if (!selection.choices().isEmpty()) {
      throw new CommandException(
          "`--diff` names both profiles, and there is a third",
          "as in `hexe-policy explain --diff balanced sandbox`");
    }
    Explainer explainer = explainer(parsed);
    Comparison comparison =
        Comparison.of(
            new ComparedProfile(names.get(0), explainer.explain(selection.named(names.get(0)))),
            new ComparedProfile(names.get(1), explainer.explain(selection.named(names.get(1)))));
    output.print(
        Options.has(parsed, JSON)
            ? ComparisonJson.of(comparison)
            : new ComparisonReport(comparison, output).text());
    return comparison.isEqual() ? ExitStatus.DONE : ExitStatus.DIFFERENT;
  }

  private Explainer explainer(ParseResult parsed) {
    return new Explainer(invocation, Options.text(parsed, HOST));
  }

  static CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "explain",
            "explain [PROFILE | --diff PROFILE PROFILE] [OPTION]…",
            "Shows how each guarantee of a profile would be enforced here, why not more strongly, what remains exposed, and the plan.");
    spec.usageMessage()
        .footer(
            "examples:",
            "  hexe-policy explain sandbox",
            "  hexe-policy explain --diff balanced sandbox       status 0 where they are equal, else 1",
            "  hexe-policy explain full --backend=landlock       as if there were no namespaces",
            "  ssh server hexe-policy doctor --json | hexe-policy explain full --host=-");
    return SelectionOptions.addTo(spec)
        .addOption(Options.pair(DIFF, "PROFILE", "show what one profile grants and the other not"))
        .addOption(
            Options.value(
                HOST, "FILE", "decide for the host that `doctor --json` described; - reads stdin"))
        .addOption(Options.flag("print JSON", JSON));
  }
}
