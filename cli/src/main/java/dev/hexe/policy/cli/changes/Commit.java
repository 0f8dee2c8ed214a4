package dev.hexe.policy.cli.changes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The outcome of changes that were to be carried over.
 *
 * @param done how many
 * @param problems those that were not, with the reason in words
 */
public record Commit(int done, List<String> problems) {
  private static final String FILE = "commit";

  /** Copies the list. */
  public Commit {
    problems = List.copyOf(problems);
  }

  /**
   * Carries them over. The list of them is on the disk before anything is done, and goes last: so
   * one that is interrupted is gone through again.
   */
  public static Commit of(KeptRun run, List<Change> changes, Launcher launcher) {
    if (run.isInterrupted()) {
      resume(run, launcher);
    }
    Path list = run.directory().resolve(FILE);
    Path written = run.directory().resolve(FILE + ".new");
    try {
      Files.write(written, changes.stream().map(Change::line).toList(), StandardCharsets.US_ASCII);
      Files.move(written, list, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new ChangesException("cannot write `" + list + "`: " + e.getMessage(), "");
    }
    return carryOut(run, changes, launcher);
  }

  /** Goes on with one that was interrupted. */
  public static Commit resume(KeptRun run, Launcher launcher) {
    try {
      List<Change> changes =
          Files.readAllLines(run.directory().resolve(FILE), StandardCharsets.US_ASCII).stream()
              .map(line -> Change.read("clean:clean " + line))
              .toList();
      return carryOut(run, changes, launcher);
    } catch (IOException e) {
      throw new ChangesException("cannot read what was to be committed: " + e.getMessage(), "");
    }
  }

  private static Commit carryOut(KeptRun run, List<Change> changes, Launcher launcher) {
    int done = 0;
    List<String> problems = new ArrayList<>();
    for (String line : launcher.lines("--commit", run.directory())) {
      String[] words = line.split(" ", -1);
      Change change = changes.get(Integer.parseInt(words[0]));
      if (words[1].equals("done")) {
        done++;
      } else {
        problems.add(problem(change, words[1], Name.read(words[2]).shown()));
      }
    }
    return new Commit(done, problems);
  }

  private static String problem(Change change, String verdict, String error) {
    String place = "`" + change.place() + "`";
    return switch (verdict) {
      case "conflict" -> place + " was changed outside meanwhile, and stays as it is there";
      case "altered" -> place + " is not what was shown any more, and is not committed";
      default -> place + " cannot be written: " + error;
    };
  }
}
