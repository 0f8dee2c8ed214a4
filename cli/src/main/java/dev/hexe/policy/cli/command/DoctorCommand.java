package dev.hexe.policy.cli.command;

import dev.hexe.policy.cli.host.BackgroundProbe;
import dev.hexe.policy.cli.host.Diagnosis;
import dev.hexe.policy.cli.host.DoctorJson;
import dev.hexe.policy.cli.host.DoctorReport;
import dev.hexe.policy.cli.host.Forecast;
import dev.hexe.policy.cli.host.Host;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.host.PlanCache;
import dev.hexe.policy.cli.host.PluginReport;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.option.PlainFlags;
import dev.hexe.policy.cli.repair.RepairScript;
import dev.hexe.policy.cli.text.ExitStatus;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Shows what this host offers, as it was tried, and what that means for the built-in profiles. */
public final class DoctorCommand {
  private static final String JSON = "--json";
  private static final String FIX = "--fix";

  private final Invocation invocation;
  private final Output output;

  public DoctorCommand(Invocation invocation, Output output) {
    this.invocation = invocation;
    this.output = output.forReading(invocation.environment());
  }

  public int run(List<String> arguments) {
    return PlainFlags.of(arguments, Set.of(JSON, FIX))
        .map(given -> act(given.contains(FIX), given.contains(JSON)))
        .orElseGet(() -> Arguments.act(spec(), arguments, output, this::run));
  }

  private int run(ParseResult parsed) {
    return act(Options.has(parsed, FIX), Options.has(parsed, JSON));
  }

  private int act(boolean fix, boolean json) {
    PluginReport plugins = PluginReport.of(invocation);
    try (BackgroundProbe probe = BackgroundProbe.start(invocation)) {
      return act(fix, json, plugins, probe);
    }
  }

  private int act(boolean fix, boolean json, PluginReport plugins, BackgroundProbe probe) {
    if (fix) {
      Host host = probe.host();
      output.print(new RepairScript(host.facts().all(), invocation.reader(), launcher()).text());
      return ExitStatus.DONE;
    }
    List<Forecast> forecasts = Forecast.ofBuiltIns(invocation.profileContext(), probe);
    Diagnosis diagnosis = new Diagnosis(probe.host(), probe.backends().all(), forecasts, plugins);
    output.print(
        json
            ? DoctorJson.of(diagnosis, PlanCache.of(invocation))
            : new DoctorReport(diagnosis, output).text()
                + "\n\n"
                + output.style().bold("plan cache")
                + "\n  "
                + Printable.text(PlanCache.of(invocation).summary()));
    return ExitStatus.DONE;
  }

  /** Without symlinks, as security modules see it. */
  private String launcher() {
    Path path = Path.of(invocation.launcher());
    try {
      return path.toRealPath().toString();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize().toString();
    }
  }

  static CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "doctor",
            "doctor [--fix | --json]",
            "Tries what this host offers for sandboxes, says how to mend what is missing, and shows what each built-in profile would get.");
    spec.usageMessage()
        .footer(
            "examples:",
            "  hexe-policy doctor",
            "  hexe-policy doctor --fix > mend.sh      a script to review, then to run as root",
            "  hexe-policy doctor --json > facts.json; hexe-policy explain sandbox --host=facts.json");
    return spec.addOption(
            Options.flag("print a script that mends what is missing; nothing is executed", FIX))
        .addOption(Options.flag("print JSON", JSON))
        .addOption(Options.help());
  }
}
