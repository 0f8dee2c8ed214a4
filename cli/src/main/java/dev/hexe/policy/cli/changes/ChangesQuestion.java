package dev.hexe.policy.cli.changes;

import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Words;
import java.io.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Asks what shall become of the changes of a run, and does it. */
public final class ChangesQuestion {
  private static final String QUESTION =
      "[c]ommit all, commit [s]ome, show the [d]iff, [x] discard, or [k]eep for later? [k] ";

  private final Output output;
  private final KeptRun run;
  private final Launcher launcher;
  private final ChangesReport report;

  public ChangesQuestion(Invocation invocation, Output output, KeptRun run) {
    this.output = output.forReading(invocation.environment());
    this.run = run;
    this.launcher = new Launcher(invocation.launcher());
    this.report = new ChangesReport(this.output, invocation.environment().getOrDefault("PATH", ""));
  }

  /** The answer on what shall become of changes. */
  public enum Answer {
    ASK,
    COMMIT,
    SOME,
    DIFF,
    DISCARD,
    KEEP
  }

  /** Shows the changes, and asks where nobody has said yet. */
  public void put(Answer said) {
    List<Change> changes = run.changes(launcher);
    List<Item> items = report.items(changes);
    output.print(report.of(run, items));
    Answer answer = said == Answer.ASK ? asked(changes) : said;
    switch (answer) {
      case COMMIT -> commit(changes);
      case SOME -> commit(chosen(items));
      case DISCARD -> {
        run.discard(launcher);
        output.print("discarded");
      }
      default -> output.print(keptText());
    }
  }

  private String keptText() {
    return "kept as %s: `hexe-policy changes diff %s`, `commit %s` or `discard %s`"
        .formatted(run.id(), run.id(), run.id(), run.id());
  }

  private Answer asked(List<Change> changes) {
    Optional<Console> terminal = Output.terminal();
    while (terminal.isPresent()) {
      Answer answer = answer(line(terminal.get(), QUESTION));
      if (answer == Answer.DIFF) {
        changes.forEach(change -> report.diff(run, change).forEach(output::print));
      } else if (answer != Answer.ASK) {
        return answer;
      }
    }
    return Answer.KEEP;
  }

  private String line(Console terminal, String question) {
    output.complain("");
    String line = terminal.readLine("%s", question);
    return line == null ? "k" : line.strip().toLowerCase(Locale.ROOT);
  }

  private static Answer answer(String word) {
    return switch (word) {
      case "c", "commit", "all" -> Answer.COMMIT;
      case "s", "some" -> Answer.SOME;
      case "d", "diff" -> Answer.DIFF;
      case "x", "discard" -> Answer.DISCARD;
      case "k", "keep", "" -> Answer.KEEP;
      default -> Answer.ASK;
    };
  }

  private List<Change> chosen(List<Item> items) {
    List<Change> chosen = new ArrayList<>();
    Console terminal = Output.terminal().orElseThrow();
    for (Item item : items) {
      if (!item.isClean()) {
        continue;
      }
      String answer = line(terminal, report.line(run, item) + " [y]es, [n]o? [n] ");
      if (answer.startsWith("y")) {
        chosen.addAll(item.members());
      }
    }
    return chosen;
  }

  /**
   * Carries changes over; what nothing can be done about any more goes with the rest.
   *
   * @return whether all of them were
   */
  public boolean commit(List<Change> changes) {
    List<Change> clean =
        changes.stream().filter(change -> change.state() == Change.State.CLEAN).toList();
    Commit commit = Commit.of(run, clean, launcher);
    tell(commit);
    return commit.problems().isEmpty()
        && changes.stream().noneMatch(change -> change.state() == Change.State.CONFLICT);
  }

  /** Goes on with one that was interrupted; whether all of it was carried over. */
  public boolean resume() {
    Commit commit = Commit.resume(run, launcher);
    tell(commit);
    return commit.problems().isEmpty();
  }

  private void tell(Commit commit) {
    output.print("committed " + Words.count(commit.done(), "change"));
    commit.problems().forEach(problem -> output.print("  " + problem));
    List<Change> left = run.changes(launcher);
    if (left.stream().allMatch(change -> change.state() == Change.State.LEFT)) {
      run.discard(launcher);
      return;
    }
    report.items(left).forEach(item -> output.print("  " + report.line(run, item)));
    output.print(Words.count(left.size(), "change") + " not committed; " + keptText());
  }
}
