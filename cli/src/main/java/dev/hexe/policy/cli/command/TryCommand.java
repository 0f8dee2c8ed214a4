package dev.hexe.policy.cli.command;

import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.plan.PlanWriter;
import dev.hexe.policy.cli.changes.ChangesKept;
import dev.hexe.policy.cli.changes.ChangesQuestion;
import dev.hexe.policy.cli.changes.KeptRun;
import dev.hexe.policy.cli.changes.KeptRuns;
import dev.hexe.policy.cli.host.BackgroundProbe;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.option.ReportOptions;
import dev.hexe.policy.cli.option.SelectionOptions;
import dev.hexe.policy.cli.plan.PlanMaker;
import dev.hexe.policy.cli.selection.Selection;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.ExitStatus;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Runs a command on what it may write as if on copies, shows what it has changed, and asks what
 * shall become of it. The launcher calls three times: for a plan, with what has come out, and for
 * help.
 */
public final class TryCommand {
  static final String COMMIT = "--commit";
  static final String DISCARD = "--discard";
  static final String KEEP = "--keep";
  private static final String AFTER = "--after";

  private final Invocation invocation;
  private final Output output;

  public TryCommand(Invocation invocation, Output output) {
    this.invocation = invocation;
    this.output = output;
  }

  public int run(List<String> arguments) {
    if (arguments.stream().anyMatch(argument -> argument.startsWith(AFTER + "="))) {
      return Arguments.act(spec(), arguments, output, this::ask);
    }
    if (invocation.plan().isEmpty()) {
      return Arguments.act(spec(), Arguments.beforeDashes(arguments), output, this::withoutCommand);
    }
    ParseResult parsed = Arguments.parse(spec(), arguments);
    answer(parsed);
    compile(parsed, invocation.plan().orElseThrow());
    return ExitStatus.DONE;
  }

  private int withoutCommand(ParseResult parsed) {
    throw new CommandException(
        "no command given", "put it after `--`, as in `hexe-policy try -- npm install`");
  }

  private void compile(ParseResult parsed, Path destination) {
    Selection selection = SelectionOptions.read(parsed).keeping(new ChangesKept(invocation));
    try (BackgroundProbe inquiry = BackgroundProbe.start(invocation)) {
      Plan plan = new PlanMaker(invocation).toRun(selection, inquiry, output::complain);
      Files.write(destination, PlanWriter.write(plan));
    } catch (IOException e) {
      throw new CommandException("cannot hand the plan to the launcher: " + e.getMessage(), "");
    }
  }

  /** What was said before the run shall become of the changes. */
  private static ChangesQuestion.Answer answer(ParseResult parsed) {
    List<String> said =
        Stream.of(COMMIT, DISCARD, KEEP).filter(name -> Options.has(parsed, name)).toList();
    if (said.size() > 1) {
      throw new CommandException(
          Printable.quote(said.get(0))
              + " and "
              + Printable.quote(said.get(1))
              + " exclude each other",
          "choose one");
    }
    return said.stream()
        .findFirst()
        .map(
            name ->
                switch (name) {
                  case COMMIT -> ChangesQuestion.Answer.COMMIT;
                  case DISCARD -> ChangesQuestion.Answer.DISCARD;
                  default -> ChangesQuestion.Answer.KEEP;
                })
        .orElse(ChangesQuestion.Answer.ASK);
  }

  private int ask(ParseResult parsed) {
    Path directory = Path.of(Options.text(parsed, AFTER).orElseThrow());
    KeptRun run =
        new KeptRuns(List.of(directory.resolveSibling("")))
            .named(String.valueOf(directory.getFileName()));
    new ChangesQuestion(invocation, output, run).put(answer(parsed));
    return ExitStatus.DONE;
  }

  static CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "try",
            "try [PROFILE] [OPTION]… -- COMMAND [ARGUMENT]…",
            "Runs a command on an overlay of all that it may write, shows what it has changed, and"
                + " asks whether to commit it, to commit some, to discard it, or to keep it for"
                + " later. The host's files stay as they are until then. Without a terminal the"
                + " changes are kept.");
    spec.usageMessage()
        .footer(
            "examples:",
            "  hexe-policy try -- npm install                under the profile `project`",
            "  hexe-policy try agent -- claude",
            "  hexe-policy try --commit -- make format",
            "",
            "`hexe-policy changes` lists what is kept. The exit status is the command's.");
    CommandSpec all = ReportOptions.addTo(SelectionOptions.addTo(spec));
    all.addOption(Options.flag("commit all changes without a question", COMMIT))
        .addOption(Options.flag("show the changes and discard them", DISCARD))
        .addOption(Options.flag("keep the changes for later", KEEP))
        .addOption(hidden());
    return all;
  }

  private static picocli.CommandLine.Model.OptionSpec hidden() {
    return picocli.CommandLine.Model.OptionSpec.builder(AFTER)
        .type(String.class)
        .hidden(true)
        .build();
  }
}
