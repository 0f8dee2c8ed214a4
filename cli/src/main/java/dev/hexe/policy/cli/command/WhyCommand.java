package dev.hexe.policy.cli.command;

import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.cli.explain.EffectivePolicy;
import dev.hexe.policy.cli.explain.Explainer;
import dev.hexe.policy.cli.explain.Explanation;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.host.PlanCache;
import dev.hexe.policy.cli.log.GatewayLog;
import dev.hexe.policy.cli.log.NetworkRecord;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.option.ParsedArguments;
import dev.hexe.policy.cli.option.ReportOptions;
import dev.hexe.policy.cli.option.SelectionOptions;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.ExitStatus;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.why.Answer;
import dev.hexe.policy.cli.why.FileRules;
import dev.hexe.policy.cli.why.ObservedRun;
import dev.hexe.policy.cli.why.Operation;
import dev.hexe.policy.cli.why.Refusal;
import dev.hexe.policy.cli.why.RefusalJson;
import dev.hexe.policy.cli.why.RefusalReport;
import dev.hexe.policy.cli.why.Refusals;
import dev.hexe.policy.cli.why.WhyJson;
import dev.hexe.policy.cli.why.WhyReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Says what a profile allows with a path, by which line, and what would allow the rest. */
public final class WhyCommand {
  private static final String JSON = "--json";
  private static final String OBSERVED = "--observed";
  private static final String FILE = "--why";

  private final Invocation invocation;
  private final Output output;

  public WhyCommand(Invocation invocation, Output output) {
    this.invocation = invocation;
    this.output = output.forReading(invocation.environment());
  }

  public int run(List<String> arguments) {
    return arguments.stream().anyMatch(it -> it.startsWith(OBSERVED + "="))
        ? Arguments.act(observedSpec(), arguments, output, this::report)
        : Arguments.act(spec(), Arguments.beforeDashes(arguments), output, this::answer);
  }

  /** The launcher has run the command, and hands over what it saw. */
  private int report(ParseResult parsed) {
    ObservedRun run = ObservedRun.read(Options.text(parsed, OBSERVED).orElseThrow());
    Explainer explainer = new Explainer(invocation, Optional.empty());
    Explanation explanation = explainer.explain(SelectionOptions.read(parsed));
    EffectivePolicy policy = explainer.policy(explanation);
    List<Refusal> refusals =
        new Refusals(policy).of(run.observed(), asked(explanation.profile(), run));
    Optional<String> file = Options.text(parsed, FILE);
    if (file.isPresent()) {
      output.print(RefusalJson.of(refusals, run).stripTrailing()); // the launcher has opened it
    } else {
      output.complain(new RefusalReport(output).of(explanation.profile().name(), refusals, run));
    }
    return ExitStatus.DONE;
  }

  /** What the gateway was asked for; where there is none, or no log, it says nothing. */
  private List<NetworkRecord> asked(Profile profile, ObservedRun run) {
    Optional<Path> kept = PlanCache.of(invocation).directory();
    if (kept.isEmpty() || !profile.separation().network().listed()) {
      return List.of();
    }
    try {
      return GatewayLog.of(kept.get(), run.launcher(), run.since());
    } catch (IOException e) {
      output.complain(
          "hexe-policy: what was asked of the gateway cannot be read: " + e.getMessage());
      return List.of();
    }
  }

  private int answer(ParseResult parsed) {
    String asked =
        Options.word(parsed)
            .orElseThrow(
                () ->
                    new CommandException(
                        "no path given", "as in `hexe-policy why ~/.npmrc sandbox`"));
    Explainer explainer = new Explainer(invocation, Optional.empty());
    Explanation explanation = explainer.explain(SelectionOptions.read(withoutPath(parsed)));
    FileRules rules = new FileRules(explainer.policy(explanation));
    String path = path(asked);
    List<Answer> answers =
        Stream.of(Operation.values()).map(operation -> rules.answer(path, operation)).toList();
    WhyReport.Question question =
        new WhyReport.Question(path, rules.resolved(path), explanation.profile());
    output.print(
        Options.has(parsed, JSON)
            ? WhyJson.of(question, answers)
            : new WhyReport(output).of(question, answers));
    return ExitStatus.DONE;
  }

  private String path(String asked) {
    if (asked.isEmpty()) {
      throw new CommandException("the path is empty", "`.` is the working directory");
    }
    return invocation.profileContext().cwd().resolve(Path.of(asked)).normalize().toString();
  }

  /** The profile stands behind the path. */
  private static ParsedArguments withoutPath(ParseResult parsed) {
    ParsedArguments given = ParsedArguments.of(parsed);
    return new ParsedArguments() {
      @Override
      public Optional<String> word() {
        return parsed.hasMatchedPositional(1)
            ? Optional.of(parsed.matchedPositionalValue(1, ""))
            : Optional.empty();
      }

      @Override
      public boolean has(String option) {
        return given.has(option);
      }

      @Override
      public Optional<String> text(String option) {
        return given.text(option);
      }

      @Override
      public List<String> texts(String option) {
        return given.texts(option);
      }
    };
  }

  private static CommandSpec observedSpec() {
    return ReportOptions.addTo(SelectionOptions.addTo(Options.command("why", "why", "")))
        .addOption(Options.value(OBSERVED, "FILE", "what the launcher saw"))
        .addOption(Options.value(FILE, "FILE", "where the report goes"));
  }

  static CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "why",
            "why PATH [PROFILE] [OPTION]… | why [PROFILE] [OPTION]… -- COMMAND [ARGUMENT]…",
            "Runs a command as `apply` does and reports what was refused because of the policy, by which line, and what would allow it. With a PATH, says whether a command may read, write and execute a path, by which line of the profile, and what would allow it.");
    spec.usageMessage()
        .footer(
            "examples:",
            "  hexe-policy why sandbox -- npm install        what is refused, and the fix",
            "  hexe-policy why --why=refused.json -- make    the same as JSON lines",
            "  hexe-policy why ~/.npmrc                      under the profile `default`",
            "  hexe-policy why /var/run/docker.sock sandbox",
            "  hexe-policy why .git/config sandbox --write .git/config");
    spec.addPositional(Options.optionalWord("PATH", "what the command would open or start"));
    return SelectionOptions.addBehind(1, spec)
        .addOption(Options.flag("print JSON", JSON))
        .addOption(
            Options.value(FILE, "FILE", "with a command: write the report there, as JSON lines"));
  }
}
