package dev.hexe.policy.cli.running;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks for this user's sandboxes, as `listing/sandboxes.c` does. */
public final class RunningSandboxes {
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
        .filter(entry -> supervises(entry, table))
        .map(entry -> new RunningSandbox(entry.pid(), entry.started()))
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
  private boolean supervises(ProcessEntry entry, ProcessTable table) {
    return !table.children(entry.pid()).isEmpty()
        && OpenPlan.isIn(proc.resolve(Long.toString(entry.pid())));
  }
}
