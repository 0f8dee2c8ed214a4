package dev.hexe.policy.cli.command;

import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.option.Arguments;
import dev.hexe.policy.cli.option.Options;
import dev.hexe.policy.cli.running.RunningSandbox;
import dev.hexe.policy.cli.running.RunningSandboxes;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.ExitStatus;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.profiles.value.TimeFormat;
import dev.hexe.policy.profiles.yaml.ProfileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Ends a sandbox: asks its command to end, and then ends whatever is left. */
public final class StopCommand {
  private static final String GRACE = "--grace";
  private static final long USUAL_GRACE = 5_000;
  private static final long TIDYING_UP = 10_000;

  private final Invocation invocation;
  private final Output output;

  public StopCommand(Invocation invocation, Output output) {
    this.invocation = invocation;
    this.output = output.forReading(invocation.environment());
  }

  public int run(List<String> arguments) {
    return Arguments.act(spec(), arguments, output, this::run);
  }

  private int run(ParseResult parsed) {
    String id =
        Options.word(parsed)
            .orElseThrow(
                () -> new CommandException("no sandbox named", "as in `hexe-policy stop 4711`"));
    stop(running(), id, grace(parsed));
    return ExitStatus.DONE;
  }

  /** Those that the launcher which was started now would know as its own. */
  private RunningSandboxes running() {
    return new RunningSandboxes(Path.of("/proc"), Path.of(invocation.launcher()));
  }

  private static long grace(ParseResult parsed) {
    try {
      return Options.text(parsed, GRACE).map(TimeFormat::time).orElse(USUAL_GRACE);
    } catch (ProfileException e) {
      throw new CommandException("option `" + GRACE + "`: " + e.getMessage(), e.help());
    }
  }

  private void stop(RunningSandboxes running, String id, long grace) {
    RunningSandbox sandbox = find(running, id);
    ProcessHandle supervisor = handle(running, sandbox);
    supervisor.destroy();
    if (ends(supervisor, grace)) {
      return;
    }
    output.complain(
        "hexe-policy: sandbox `"
            + sandbox.supervisor()
            + "` does not end on SIGTERM and is killed");
    kill(running, sandbox);
    if (!ends(supervisor, TIDYING_UP)) {
      kill(running, sandbox);
      supervisor.destroyForcibly();
      throw new CommandException(
          "the supervisor of sandbox `" + sandbox.supervisor() + "` did not tidy up and was killed",
          "what it left is removed when another sandbox starts");
    }
  }

  private static RunningSandbox find(RunningSandboxes running, String id) {
    return running
        .find(id)
        .orElseThrow(
            () ->
                new CommandException(
                    "there is no sandbox " + Printable.quote(id) + " of yours",
                    "`hexe-policy ps` lists them"));
  }

  /** A handle knows when its process was started, so it cannot come to mean another one. */
  private static ProcessHandle handle(RunningSandboxes running, RunningSandbox sandbox) {
    Optional<ProcessHandle> handle = ProcessHandle.of(sandbox.supervisor());
    RunningSandbox again = find(running, Long.toString(sandbox.supervisor()));
    return handle
        .filter(it -> again.started() == sandbox.started())
        .orElseThrow(() -> new CommandException("the sandbox has ended meanwhile", ""));
  }

  /** Not the supervisor: it sees the end, tells it, and removes what it made. */
  private static void kill(RunningSandboxes running, RunningSandbox sandbox) {
    running.processes(sandbox).stream()
        .flatMap(process -> ProcessHandle.of(process).stream())
        .forEach(ProcessHandle::destroyForcibly);
  }

  private static boolean ends(ProcessHandle process, long milliseconds) {
    try {
      process.onExit().get(milliseconds, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return !process.isAlive();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            "stop",
            "stop ID [--grace=TIME]",
            "Ends a sandbox: its command gets SIGTERM, and after a while everything in it SIGKILL.");
    spec.usageMessage()
        .footer("examples:", "  hexe-policy stop 4711", "  hexe-policy stop 4711 --grace=30s");
    return spec.addPositional(Options.optionalWord("ID", "as `hexe-policy ps` shows it"))
        .addOption(Options.value(GRACE, "TIME", "how long to wait in between; else 5s"))
        .addOption(Options.help());
  }
}
