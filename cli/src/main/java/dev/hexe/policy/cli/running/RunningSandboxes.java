package dev.hexe.policy.cli.running;

import dev.hexe.policy.api.plan.Plan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Looks for this user's sandboxes. */
public final class RunningSandboxes {
  private static final String DASHES = "--";
  private static final long TICKS_IN_A_SECOND = 100;

  private final Path proc;
  private final Path launcher;

  /** Those that this launcher supervises, as /proc shows them. */
  public RunningSandboxes(Path proc, Path launcher) {
    this.proc = proc;
    this.launcher = launcher;
  }

  /** All of them, by id. */
  public List<RunningSandbox> all() {
    ProcessTable table = ProcessTable.read(proc);
    LauncherProcesses ours = new LauncherProcesses(proc, launcher);
    return table.all().stream()
        .filter(ours::include)
        .flatMap(entry -> sandbox(entry, table).stream())
        .toList();
  }

  /** The one with this id. */
  public Optional<RunningSandbox> find(String id) {
    return all().stream()
        .filter(sandbox -> Long.toString(sandbox.supervisor()).equals(id))
        .findFirst();
  }

  /** Every process of a sandbox but its supervisor. */
  public List<Long> processes(RunningSandbox sandbox) {
    return ProcessTable.read(proc).descendants(sandbox.supervisor()).stream()
        .map(ProcessEntry::pid)
        .toList();
  }

  /** A launcher that carries out a plan and has a child is a supervisor. */
  private Optional<RunningSandbox> sandbox(ProcessEntry entry, ProcessTable table) {
    Path directory = proc.resolve(Long.toString(entry.pid()));
    List<ProcessEntry> inside = table.descendants(entry.pid());
    Optional<Plan> plan = inside.isEmpty() ? Optional.empty() : OpenPlan.of(directory);
    return plan.map(
        it ->
            new RunningSandbox(
                entry.pid(),
                entry.started(),
                inside.get(0).pid(),
                inside.get(0).isFirst(),
                OpenPlan.profile(it).orElse(""),
                command(directory),
                age(entry),
                inside.stream().mapToLong(ProcessEntry::resident).sum(),
                inside.size()));
  }

  private static List<String> command(Path directory) {
    try {
      String line =
          new String(Files.readAllBytes(directory.resolve("cmdline")), StandardCharsets.UTF_8);
      List<String> words = Arrays.asList(line.split("\0", -1));
      return words.subList(words.indexOf(DASHES) + 1, Math.max(words.size() - 1, 0));
    } catch (IOException | IllegalArgumentException e) {
      return List.of();
    }
  }

  private Duration age(ProcessEntry entry) {
    try {
      String uptime = Files.readString(proc.resolve("uptime")).split(" ", -1)[0];
      long ticks = (long) (Double.parseDouble(uptime) * TICKS_IN_A_SECOND) - entry.started();
      return Duration.ofMillis(Math.max(0, ticks * 1000 / TICKS_IN_A_SECOND));
    } catch (IOException | NumberFormatException e) {
      return Duration.ZERO;
    }
  }
}
