package dev.hexe.policy.cli.command;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.hexe.policy.cli.Program;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.running.RunningSandbox;
import dev.hexe.policy.cli.running.RunningSandboxes;
import dev.hexe.policy.cli.text.Json;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Table;
import dev.hexe.policy.cli.text.Table.Cell;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Lists the sandboxes of this user that run. */
public final class PsCommand {
  private static final String JSON = "--json";
  private static final long MEBIBYTE = 1 << 20;

  private final Invocation invocation;
  private final Output output;

  public PsCommand(Invocation invocation, Output output) {
    this.invocation = invocation;
    this.output = output.forReading(invocation.environment());
  }

  public int run(List<String> arguments) {
    return Arguments.act(spec(), arguments, output, this::run);
  }

  private int run(ParseResult parsed) {
    List<RunningSandbox> sandboxes = running(invocation).all();
    output.print(Options.has(parsed, JSON) ? json(sandboxes) : table(sandboxes));
    return Program.DONE;
  }

  /** Those that the launcher which was started now would know as its own. */
  static RunningSandboxes running(Invocation invocation) {
    return new RunningSandboxes(Path.of("/proc"), Path.of(invocation.launcher()));
  }

  private String table(List<RunningSandbox> sandboxes) {
    if (sandboxes.isEmpty()) {
      return "no sandbox of yours runs";
    }
    Table table = new Table(output.width());
    table.row(
        head("id"),
        head("pid"),
        head("profile"),
        head("age"),
        head("memory"),
        head("processes"),
        head("command"));
    for (RunningSandbox sandbox : sandboxes) {
      table.row(
          Cell.of(Long.toString(sandbox.supervisor()), output.style()::bold),
          Cell.of(Long.toString(sandbox.first())),
          Cell.of(line(sandbox.profile())),
          Cell.of(age(sandbox.age())),
          Cell.of(sandbox.memory() / MEBIBYTE + "M"),
          Cell.of(Integer.toString(sandbox.processes())),
          Cell.of(line(String.join(" ", sandbox.command()))));
    }
    return table.toString();
  }

  private Cell head(String text) {
    return Cell.of(text, output.style()::bold);
  }

  /** A newline in a name must not look like another sandbox. */
  private static String line(String text) {
    return text.replace('\n', ' ').replace('\t', ' ');
  }

  static String age(Duration age) {
    long seconds = age.toSeconds();
    if (seconds < Duration.ofHours(1).toSeconds()) {
      return seconds < 60 ? seconds + "s" : seconds / 60 + "m" + seconds % 60 + "s";
    }
    return age.toDays() > 0
        ? age.toDays() + "d" + age.toHoursPart() + "h"
        : age.toHours() + "h" + age.toMinutesPart() + "m";
  }

  private static String json(List<RunningSandbox> sandboxes) {
    return Json.document("sandboxes", Json.array(sandboxes, PsCommand::json));
  }

  private static JsonObject json(RunningSandbox sandbox) {
    JsonObject object = new JsonObject();
    object.addProperty("id", Long.toString(sandbox.supervisor()));
    object.addProperty("supervisor", sandbox.supervisor());
    object.addProperty("first_pid", sandbox.first());
    object.addProperty("enterable", sandbox.enterable());
    object.addProperty("profile", sandbox.profile());
    object.add("command", Json.array(sandbox.command(), JsonPrimitive::new));
    object.addProperty("age_seconds", sandbox.age().toSeconds());
    object.addProperty("memory_bytes", sandbox.memory());
    object.addProperty("processes", sandbox.processes());
    return object;
  }

  static CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "ps",
            "ps [--json]",
            "Lists your sandboxes that run. A command that took the launcher's place, as under `isolated` without limits, has no supervisor and is not listed.");
    spec.usageMessage()
        .footer(
            "examples:",
            "  hexe-policy ps",
            "  hexe-policy enter 4711 -- sh",
            "  hexe-policy stop 4711");
    return spec.addOption(Options.flag("print JSON", JSON)).addOption(Options.help());
  }
}
