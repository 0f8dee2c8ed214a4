package dev.hexe.policy.cli.command;

import dev.hexe.policy.cli.host.Host;
import dev.hexe.policy.cli.host.Installation;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.nextrun.NextRunFiles;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.option.SelectionOptions;
import dev.hexe.policy.cli.plan.Refusal;
import dev.hexe.policy.cli.plan.SiteRefusal;
import dev.hexe.policy.cli.selection.Selection;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.ExitStatus;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.OwnStream;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.cli.verify.Evidence;
import dev.hexe.policy.cli.verify.VerifyJson;
import dev.hexe.policy.cli.verify.VerifyJunit;
import dev.hexe.policy.cli.verify.VerifyReport;
import dev.hexe.policy.engine.Backends;
import dev.hexe.policy.engine.CompileRequest;
import dev.hexe.policy.engine.CompiledPolicy;
import dev.hexe.policy.engine.PolicyCompiler;
import dev.hexe.policy.verification.Verification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Starts a sandbox and tries, from inside, whether what {@code explain} promises holds. */
public final class VerifyCommand {
  /** A promise was broken. */
  static final int BROKEN = 1;

  private static final String JSON = "--json";
  private static final String JUNIT = "--junit";

  private final Invocation invocation;
  private final Output output;

  public VerifyCommand(Invocation invocation, Output output) {
    this.invocation = invocation;
    this.output = output.forReading(invocation.environment());
  }

  public int run(List<String> arguments) {
    Invocation here = invocation.forCommandOf(arguments);
    return Arguments.act(
        spec(),
        Arguments.beforeDashes(arguments),
        output,
        parsed -> new VerifyCommand(here, output).run(parsed));
  }

  private int run(ParseResult parsed) {
    Evidence evidence = gather(SelectionOptions.read(parsed));
    Options.text(parsed, JUNIT).ifPresent(file -> write(VerifyJunit.of(evidence), file));
    output.print(
        Options.has(parsed, JSON)
            ? VerifyJson.of(evidence)
            : new VerifyReport(evidence, output).text());
    return evidence.isBroken() ? BROKEN : ExitStatus.DONE;
  }

  private Evidence gather(Selection selection) {
    Selection.Loaded loaded = selection.load(invocation);
    NextRunFiles.makeMissing(invocation, loaded.profile());
    Backends backends = selection.among(Installation.backends());
    Host host = Host.tried(invocation, backends);
    CompiledPolicy policy =
        new PolicyCompiler(backends)
            .compile(
                new CompileRequest(
                    loaded.profile().withoutQuestions(),
                    host.caller(),
                    host.facts(),
                    List.of(),
                    loaded.provenance(),
                    loaded.site()));
    SiteRefusal.of(policy.site());
    Verification verification =
        new Verification(
            invocation.launcher(),
            host.caller(),
            Path.of("").toAbsolutePath(),
            Optional.ofNullable(invocation.environment().get("XDG_RUNTIME_DIR")));
    return policy
        .plan()
        .map(plan -> verification.of(policy.profile(), policy.decisions(), plan))
        .map(findings -> new Evidence(policy.profile(), host, findings))
        .orElseThrow(
            () ->
                Refusal.exception(
                    policy.profile(), policy.decisions(), policy.site(), selection.design()));
  }

  private static void write(String text, String file) {
    try {
      if (!OwnStream.write(Path.of(file), text.getBytes(StandardCharsets.UTF_8))) {
        Files.writeString(Path.of(file), text);
      }
    } catch (IOException e) {
      throw new CommandException(
          "cannot write " + Printable.quote(file) + ": " + e.getMessage(), "");
    }
  }

  static CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "verify",
            "verify [PROFILE] [OPTION]…",
            "Starts a sandbox and tries from inside, act by act, whether each guarantee of its profile holds.");
    spec.usageMessage()
        .footer(
            "examples:",
            "  hexe-policy verify sandbox",
            "  hexe-policy verify full --junit=evidence.xml",
            "",
            "The exit status is 0 where every promise was kept, 1 where one was broken, 125 where nothing was tried.");
    return SelectionOptions.addTo(spec)
        .addOption(Options.flag("print JSON", JSON))
        .addOption(Options.value(JUNIT, "FILE", "write a report in JUnit's XML, too"));
  }
}
