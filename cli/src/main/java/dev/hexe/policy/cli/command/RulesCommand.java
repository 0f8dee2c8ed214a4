package dev.hexe.policy.cli.command;

import dev.hexe.policy.api.rule.SiteRule;
import dev.hexe.policy.cli.explain.RulesJson;
import dev.hexe.policy.cli.explain.SiteWords;
import dev.hexe.policy.cli.host.Host;
import dev.hexe.policy.cli.host.Installation;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.option.SelectionOptions;
import dev.hexe.policy.cli.selection.Selection;
import dev.hexe.policy.cli.selection.SiteFiles;
import dev.hexe.policy.cli.text.ExitStatus;
import dev.hexe.policy.cli.text.Json;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.engine.CompileRequest;
import dev.hexe.policy.engine.PolicyCompiler;
import dev.hexe.policy.engine.site.SiteOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Lists the rules of the site, or tries them on a profile with its options. */
public final class RulesCommand {
  private static final String JSON = "--json";

  private final Invocation invocation;
  private final Output output;

  public RulesCommand(Invocation invocation, Output output) {
    this.invocation = invocation;
    this.output = output.forReading(invocation.environment());
  }

  public int run(List<String> arguments) {
    Invocation here = invocation.forCommandOf(arguments);
    return Arguments.act(
        spec(), Arguments.beforeDashes(arguments), output, parsed -> run(parsed, here));
  }

  private int run(ParseResult parsed, Invocation here) {
    boolean json = Options.has(parsed, JSON);
    boolean listing =
        !parsed.hasMatchedPositional(0) && parsed.matchedOptions().size() == (json ? 1 : 0);
    if (listing && here.command().isEmpty()) {
      list(json);
      return ExitStatus.DONE;
    }
    SiteOutcome site = outcome(SelectionOptions.read(parsed), here);
    output.print(json ? Json.document("rules", RulesJson.of(site)) : text(site));
    return site.refusals().isEmpty() ? ExitStatus.DONE : ExitStatus.DIFFERENT;
  }

  private void list(boolean json) {
    List<SiteRule> rules =
        SiteFiles.read(invocation.profileContext()).rules().stream()
            .sorted(Comparator.comparingInt(SiteRule::priority))
            .toList();
    if (json) {
      output.print(Json.document("rules", Json.array(rules, RulesJson::rule)));
    } else if (rules.isEmpty()) {
      output.print("this site has no rules: there is nothing in /etc/hexe-policy/rules.d");
    } else {
      rules.forEach(rule -> output.print(text(rule)));
    }
  }

  private String text(SiteRule rule) {
    List<String> lines = new ArrayList<>();
    lines.add(output.style().bold(Printable.text(rule.name())));
    if (!rule.description().isEmpty()) {
      lines.add("  " + Printable.text(rule.description()));
    }
    lines.add("  where " + Printable.text(rule.condition()));
    rule.effects().forEach(effect -> lines.add("  " + Printable.text(effect.text())));
    lines.add(
        output
            .style()
            .dim("  " + Printable.text(rule.origin().text()) + ", priority " + rule.priority()));
    return String.join("\n", lines);
  }

  private static SiteOutcome outcome(Selection selection, Invocation here) {
    Selection.Loaded loaded = selection.load(here);
    Host host = Host.tried(here, Installation.backends());
    return new PolicyCompiler(selection.among(Installation.backends()))
        .site(
            new CompileRequest(
                loaded.profile(),
                host.caller(),
                host.facts(),
                List.of(),
                loaded.provenance(),
                loaded.site()));
  }

  private String text(SiteOutcome site) {
    List<String> lines = new ArrayList<>();
    site.acted().forEach(rule -> lines.add("acts: " + SiteWords.effects(rule)));
    site.undecided().forEach(rule -> lines.add("depends on the command: " + rule.told()));
    site.warnings().forEach(warning -> lines.add(output.style().fair("~ warns: ") + warning));
    site.refusals().forEach(why -> lines.add(output.style().bad("✗ refuses: ") + why));
    if (site.refusals().isEmpty()) {
      lines.add(output.style().good("✓ no rule refuses"));
    }
    return Printable.text(String.join("\n", lines));
  }

  static CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "rules",
            "rules [PROFILE] [OPTION]… [-- COMMAND]",
            "Lists the rules of this site; or, with a profile, options or a command, says which of them act, and whether one refuses.");
    spec.usageMessage()
        .footer(
            "examples:",
            "  hexe-policy rules",
            "  hexe-policy rules none -- npm      status 1 where a rule refuses");
    return SelectionOptions.addTo(spec).addOption(Options.flag("print JSON", JSON));
  }
}
