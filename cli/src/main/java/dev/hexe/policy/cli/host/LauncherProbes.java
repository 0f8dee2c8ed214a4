package dev.hexe.policy.cli.host;

import dev.hexe.policy.api.host.Outcome;
import dev.hexe.policy.api.plan.Opcode;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.plan.PlanWriter;
import dev.hexe.policy.engine.ProbeRunner;
import dev.hexe.policy.engine.rules.PolicyException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Has the launcher try plans: they go to its standard input, an answer for each comes back. */
public final class LauncherProbes implements ProbeRunner {
  private static final int LONGEST_ANSWERS = 1 << 20;

  private final String launcher;
  private final long seconds;

  public LauncherProbes(String launcher) {
    this(launcher, 60);
  }

  public LauncherProbes(String launcher, long seconds) {
    this.launcher = launcher;
    this.seconds = seconds;
  }

  @Override
  public List<Outcome> run(List<Plan> plans) {
    if (plans.isEmpty()) {
      return List.of();
    }
    try {
      return ProbeAnswers.parse(ask(plans), plans.stream().map(LauncherProbes::parts).toList());
    } catch (IOException e) {
      throw new PolicyException("the launcher `" + launcher + "` cannot try anything", e);
    }
  }

  /** How many questions a plan asks beside the one whether all of it succeeds. */
  private static int parts(Plan plan) {
    return (int) plan.actions().stream().filter(it -> it.opcode() == Opcode.PROBED).count();
  }

  private String ask(List<Plan> plans) throws IOException {
    Process process = start();
    Watchdog watchdog = new Watchdog(process, seconds);
    watchdog.start();
    try {
      write(plans, process.getOutputStream());
      String answers = read(process.getInputStream());
      requireSuccess(process, watchdog);
      return answers;
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(launcher, "--probe")
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  // A launcher that ends before it has read everything says by its status that something is wrong.
  private static void write(List<Plan> plans, OutputStream stream) {
    try (stream) {
      for (Plan plan : plans) {
        stream.write(PlanWriter.write(plan));
      }
    } catch (IOException e) {
      return;
    }
  }

  private static String read(InputStream stream) throws IOException {
    try (stream) {
      return new String(stream.readNBytes(LONGEST_ANSWERS), StandardCharsets.UTF_8);
    }
  }

  private void requireSuccess(Process process, Watchdog watchdog) {
    try {
      int status = process.waitFor();
      if (watchdog.bit()) {
        throw new PolicyException("the launcher could not try everything within " + seconds + " s");
      }
      if (status != 0) {
        throw new PolicyException("the launcher ended its tries with status " + status);
      }
    } catch (InterruptedException e) {
      throw new PolicyException("interrupted while the launcher tries", e);
    }
  }

  /** Ends a process that takes too long, which ends all waiting for what it says. */
  private static final class Watchdog extends Thread {
    private final Process process;
    private final long seconds;
    private volatile boolean bit;

    Watchdog(Process process, long seconds) {
      super("probe watchdog");
      this.process = process;
      this.seconds = seconds;
      setDaemon(true);
    }

    /** Whether it had to. */
    boolean bit() {
      return bit;
    }

    @Override
    public void run() {
      try {
        bit = !process.waitFor(seconds, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        bit = true;
      }
      if (bit) {
        process.destroyForcibly();
      }
    }
  }
}
