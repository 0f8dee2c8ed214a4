package dev.hexe.policy.cli.option;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Reports;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import picocli.CommandLine.Model.CommandSpec;

/** The options on what is told while the command runs, and when it has ended. */
public final class ReportOptions {
  private static final String USAGE = "--usage";
  private static final String STATUS = "--status-fd";
  private static final String STATUS_FILE = "--status-file";
  private static final String INFO = "--info-fd";
  private static final String BLOCK = "--block-fd";
  private static final String SYNC = "--sync-fd";
  private static final String NUMBER = "NUMBER";
  private static final int MOST_DIGITS = 7;
  private static final int FIRST_AFTER_STDERR = 3;

  private ReportOptions() {}

  /** Adds them to a command. */
  public static CommandSpec addTo(CommandSpec spec) {
    return spec.addOption(
            Options.flag("report used memory, processor time and processes at the end", USAGE))
        .addOption(Options.value(STATUS, NUMBER, "report events as JSON lines on this descriptor"))
        .addOption(
            Options.value(STATUS_FILE, "FILE", "report events as JSON lines in this new file"))
        .addOption(
            Options.value(INFO, NUMBER, "write process and namespaces to this descriptor, once"))
        .addOption(
            Options.value(BLOCK, NUMBER, "wait until this descriptor can be read, or is closed"))
        .addOption(
            Options.value(SYNC, NUMBER, "keep this descriptor open as long as the sandbox lives"));
  }

  /**
   * What was asked for.
   *
   * @throws CommandException where a descriptor is not a number
   */
  static List<Action> read(ParsedArguments given) {
    List<Action> reports = new ArrayList<>();
    add(reports, given, STATUS, 0, Reports::statusDescriptor);
    given.text(STATUS_FILE).ifPresent(name -> reports.add(statusFile(name)));
    if (given.has(STATUS) && given.has(STATUS_FILE)) {
      throw new CommandException(
          "`--status-fd` and `--status-file` exclude each other", "choose one");
    }
    add(reports, given, INFO, 0, Reports::infoDescriptor);
    add(reports, given, BLOCK, 0, Reports::blockDescriptor);
    add(reports, given, SYNC, FIRST_AFTER_STDERR, Reports::syncDescriptor);
    if (given.has(USAGE)) {
      reports.add(usage());
      reports.add(Reports.limitText(Reports.Limit.SIGNAL, "by @signal"));
    }
    return reports;
  }

  private static Action usage() {
    return Reports.usage(
        "used: memory @memoryM at the most, cpu @cpus (@throttleds throttled),"
            + " @processes processes at the most, @walls in all",
        "used: memory @memoryM by the largest process, cpu @cpus, @walls in all"
            + " (no control group with a count of memory)");
  }

  private static Action statusFile(String name) {
    if (name.isEmpty() || name.indexOf('\0') >= 0) {
      throw new CommandException("option `--status-file` needs the name of a file", "");
    }
    return Reports.statusFile(name.startsWith("/") ? name : StatusFile.BELOW_CWD + name);
  }

  private static void add(
      List<Action> reports,
      ParsedArguments given,
      String option,
      int least,
      IntFunction<Action> report) {
    given
        .text(option)
        .ifPresent(text -> reports.add(report.apply(descriptor(option, text, least))));
  }

  private static int descriptor(String option, String text, int least) {
    if (!text.matches("[0-9]{1," + MOST_DIGITS + "}") || Integer.parseInt(text) < least) {
      throw new CommandException(
          "option `"
              + option
              + "`: "
              + Printable.quote(text)
              + " is not a descriptor"
              + (least > 0 ? " beside the standard ones" : ""),
          "accepted: the number of an open one, as in `" + option + "=3 3<>FILE`");
    }
    return Integer.parseInt(text);
  }
}
