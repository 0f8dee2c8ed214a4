package dev.hexe.policy.cli;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Reports;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options on what is told when the command has ended. */
final class ReportOptions {
  private static final String USAGE = "--usage";
  private static final String STATUS = "--status-fd";
  private static final int MOST_DIGITS = 7;

  private ReportOptions() {}

  /** Adds them to a command. */
  static CommandSpec addTo(CommandSpec spec) {
    return spec.addOption(Options.flag("say what the command used, when it has ended", USAGE))
        .addOption(
            Options.value(STATUS, "NUMBER", "write how it ended, as JSON, to this descriptor"));
  }

  /**
   * What was asked for.
   *
   * @throws CommandException where the descriptor is not a number
   */
  static List<Action> read(ParseResult parsed) {
    List<Action> reports = new ArrayList<>();
    if (Options.has(parsed, USAGE)) {
      reports.add(usage());
      reports.add(Reports.limitText(Reports.Limit.SIGNAL, "by @signal"));
    }
    Options.text(parsed, STATUS)
        .ifPresent(text -> reports.add(Reports.statusDescriptor(descriptor(text))));
    return reports;
  }

  private static Action usage() {
    return Reports.usage(
        "used: memory @memoryM at the most, cpu @cpus (@throttleds throttled),"
            + " @processes processes at the most, @walls in all",
        "used: memory @memoryM by the largest process, cpu @cpus, @walls in all"
            + " (no control group with a count of memory)");
  }

  private static int descriptor(String text) {
    if (!text.matches("[0-9]{1," + MOST_DIGITS + "}")) {
      throw new CommandException(
          "option `--status-fd`: " + Printable.quote(text) + " is not a descriptor",
          "accepted: the number of an open one, as in `--status-fd=3 3>status.json`");
    }
    return Integer.parseInt(text);
  }
}
