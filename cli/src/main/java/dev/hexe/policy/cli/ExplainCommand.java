package dev.hexe.policy.cli;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.engine.Backends;
import dev.hexe.policy.engine.CompileRequest;
import dev.hexe.policy.engine.PolicyCompiler;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Shows what {@code apply} would do with the same options, and why. */
final class ExplainCommand {
  private static final String JSON = "--json";
  private static final String HOST = "--host";

  private final Invocation invocation;
  private final Output output;

  ExplainCommand(Invocation invocation, Output output) {
    this.invocation = invocation;
    this.output = output.forReading(invocation.environment());
  }

  int run(List<String> arguments) {
    CommandSpec spec = spec();
    ParseResult parsed = Arguments.parse(spec, Arguments.beforeDashes(arguments));
    if (Options.wantsHelp(parsed)) {
      output.print(Arguments.usage(spec, output));
      return Program.DONE;
    }
    explain(SelectionOptions.read(parsed), parsed);
    return Program.DONE;
  }

  private void explain(Selection selection, ParseResult parsed) {
    Selection.Loaded loaded = selection.load(invocation.profileContext());
    Backends installed = Installation.backends();
    Optional<Host> elsewhere = Options.text(parsed, HOST).map(FactsFile::read);
    Host host = elsewhere.orElseGet(() -> Host.tried(invocation, installed));
    PolicyCompiler compiler = new PolicyCompiler(selection.among(installed));
    CompileRequest request = new CompileRequest(loaded.profile(), host.caller(), host.facts());
    Decisions decisions = compiler.decide(request);
    boolean live = elsewhere.isEmpty();
    Optional<Plan> plan =
        live
            ? compiler.compile(request).plan().map(made -> Sources.addTo(made, loaded.consulted()))
            : Optional.empty();
    print(
        new Explanation(loaded.profile(), host, decisions, plan, live, selection.design()),
        Options.has(parsed, JSON));
  }

  private void print(Explanation explanation, boolean json) {
    output.print(
        json ? ExplainJson.of(explanation) : new ExplainReport(explanation, output).text());
  }

  private static CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "explain",
            "explain [PROFILE] [OPTION]…",
            "Shows how each guarantee of a profile would be enforced here, why not more strongly, and the plan.");
    spec.usageMessage()
        .footer(
            "examples:",
            "  hexe-policy explain sandbox",
            "  hexe-policy explain full --backend=landlock       as if there were no namespaces",
            "  ssh server hexe-policy doctor --json | hexe-policy explain full --host=-");
    return SelectionOptions.addTo(spec)
        .addOption(
            Options.value(
                HOST, "FILE", "decide for the host that `doctor --json` described; - reads stdin"))
        .addOption(Options.flag("print JSON", JSON));
  }
}
