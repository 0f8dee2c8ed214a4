package dev.hexe.policy.cli.command;

import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.host.PlanCache;
import dev.hexe.policy.cli.log.GatewayLog;
import dev.hexe.policy.cli.log.LogFile;
import dev.hexe.policy.cli.log.NetworkRecord;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.ExitStatus;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.cli.text.Style;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Shows which destinations sandboxes asked the gateway for, and what it decided. */
public final class LogCommand {
  private static final String JSON = "--json";
  private static final String FOLLOW = "--follow";
  private static final String REFUSED = "--refused";
  private static final String SANDBOX = "--sandbox";
  private static final String LINES = "--lines";
  private static final String ADD = "--add";
  private static final String TO = "--to";
  private static final long PAUSE_NANOSECONDS = 200_000_000L;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

  private final Invocation invocation;
  private final Output output;

  public LogCommand(Invocation invocation, Output output) {
    this.invocation = invocation;
    this.output = output.forReading(invocation.environment());
  }

  public int run(List<String> arguments) {
    return Arguments.act(spec(), arguments, output, this::run);
  }

  private int run(ParseResult parsed) {
    if (Options.has(parsed, ADD) || Options.has(parsed, TO)) {
      output.print(
          new ProfileAddition(invocation)
              .add(Options.text(parsed, ADD).orElse(""), Options.text(parsed, TO).orElse("")));
      return ExitStatus.DONE;
    }
    PlanCache cache = PlanCache.of(invocation);
    Path path =
        cache
            .directory()
            .map(GatewayLog::file)
            .orElseThrow(
                () ->
                    new CommandException(
                        "there is no log: " + cache.problem(),
                        "set XDG_RUNTIME_DIR, as a login does"));
    try (LogFile file = new LogFile(path)) {
      show(parsed, file);
    } catch (IOException e) {
      throw new CommandException(
          "cannot read " + Printable.quote(path.toString()) + ": " + e.getMessage(), "");
    }
    return ExitStatus.DONE;
  }

  private void show(ParseResult parsed, LogFile file) throws IOException {
    List<String> old = file.next().stream().filter(line -> isWanted(parsed, line)).toList();
    long most = most(parsed).orElse((long) old.size());
    if (old.isEmpty() && !Options.has(parsed, FOLLOW) && !Options.has(parsed, JSON)) {
      output.print("the log is empty; sandboxes with `network: {allow: …}` write it");
    }
    old.stream().skip(Math.max(0, old.size() - most)).forEach(line -> print(parsed, line));
    while (Options.has(parsed, FOLLOW) && output.end(ExitStatus.DONE) == ExitStatus.DONE) {
      LockSupport.parkNanos(PAUSE_NANOSECONDS);
      file.next().stream()
          .filter(line -> isWanted(parsed, line))
          .forEach(line -> print(parsed, line));
    }
  }

  private static boolean isWanted(ParseResult parsed, String line) {
    Optional<NetworkRecord> record = NetworkRecord.of(line);
    return record.isPresent()
        && (!Options.has(parsed, REFUSED) || record.get().isRefused())
        && Options.text(parsed, SANDBOX).map(record.get().sandbox()::equals).orElse(true);
  }

  private static Optional<Long> most(ParseResult parsed) {
    return Options.text(parsed, LINES)
        .map(
            text -> {
              if (!text.matches("[0-9]{1,9}")) {
                throw new CommandException(
                    Printable.quote(text) + " is not a number of lines", "say `--lines 20`");
              }
              return Long.valueOf(text);
            });
  }

  private void print(ParseResult parsed, String line) {
    output.print(
        Options.has(parsed, JSON)
            ? Printable.text(line)
            : NetworkRecord.of(line).map(this::line).orElse(""));
  }

  private String line(NetworkRecord record) {
    String verdict = record.isEnd() ? "ended  " : record.isRefused() ? "refused" : "allowed";
    Style style = output.style();
    return Printable.text(
            String.format(
                "%s  %s %s  ",
                record.time().map(TIME::format).orElse("?"), record.sandbox(), record.profile()))
        + (record.isRefused()
            ? style.bad(verdict)
            : record.isEnd() ? style.dim(verdict) : style.good(verdict))
        + Printable.text("  " + record.protocol() + " " + record.destination() + "  ")
        + style.dim(Printable.text(record.reason()));
  }

  static CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "log",
            "log [--follow] [--refused] [--sandbox=ID] [--lines=N] [--json] [--add=HOST:PORT --to=FILE]",
            "Shows the destinations that your sandboxes with listed destinations asked for, the refusals, and their reasons.");
    spec.usageMessage()
        .footer("examples:", "  hexe-policy log --refused", "  hexe-policy log -f --sandbox 4711");
    return spec.addOption(Options.flag("wait for new lines and print them", "-f", FOLLOW))
        .addOption(Options.flag("print refusals only", REFUSED))
        .addOption(
            Options.value(SANDBOX, "ID", "print one sandbox only, by its id in `hexe-policy ps`"))
        .addOption(Options.named("N", "print the last N lines", "-n", LINES))
        .addOption(Options.flag("print the lines as they are, as JSON", JSON))
        .addOption(
            Options.value(ADD, "HOST:PORT", "print nothing, and add this destination to a profile"))
        .addOption(Options.value(TO, "FILE", "the profile of yours that --add changes"))
        .addOption(Options.help());
  }
}
