package dev.hexe.policy.importers;

import dev.hexe.policy.importers.draft.Draft;
import dev.hexe.policy.importers.report.Report;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The result of a source: one profile, or several files, and the report. */
public final class Imported {
  private final Map<String, Draft> files = new LinkedHashMap<>();
  private final Report report = new Report();
  private List<String> command = List.of();

  /** The report, for adding to it. */
  public Report report() {
    return report;
  }

  /**
   * The profile of a name.
   *
   * @param name a path of the file that it becomes, relative to where all of them are written
   */
  public Draft file(String name) {
    return files.computeIfAbsent(name, any -> new Draft());
  }

  /** All files in order. */
  public Map<String, Draft> files() {
    return Collections.unmodifiableMap(files);
  }

  /** Notes which command the source runs. */
  public void runs(List<String> words) {
    command = List.copyOf(words);
  }

  /** The command that the source runs; empty where it names none. */
  public List<String> command() {
    return command;
  }
}
