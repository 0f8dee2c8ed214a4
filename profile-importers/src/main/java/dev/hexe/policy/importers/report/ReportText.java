package dev.hexe.policy.importers.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report for people: what differs, line by line, and how much was carried over as it is. */
public final class ReportText {
  private static final int MANY = 4;

  private ReportText() {}

  /** The lines of a report, without an end of line behind the last. */
  public static String of(Report report) {
    return Stream.concat(
            Stream.of(Outcome.NOT_CARRIED, Outcome.APPROXIMATED, Outcome.REPLACED)
                .map(outcome -> section(outcome, report.of(outcome)))
                .filter(text -> !text.isEmpty()),
            Stream.of(summary(report)))
        .collect(Collectors.joining("\n"));
  }

  private static String section(Outcome outcome, List<Note> notes) {
    return notes.isEmpty() ? "" : outcome.words() + ":\n" + lines(notes);
  }

  /** A line for each; where many have one reason, that comes first. */
  static String lines(List<Note> notes) {
    Map<String, List<Note>> byReason =
        notes.stream()
            .collect(Collectors.groupingBy(Note::result, LinkedHashMap::new, Collectors.toList()));
    return byReason.entrySet().stream()
        .map(entry -> lines(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private static String lines(String reason, List<Note> notes) {
    return notes.size() < MANY
        ? notes.stream()
            .map(it -> "  %s: `%s`: %s".formatted(it.place(), it.statement(), reason))
            .collect(Collectors.joining("\n"))
        : "  "
            + reason
            + ":\n"
            + notes.stream()
                .map(it -> "    %s: `%s`".formatted(it.place(), it.statement()))
                .collect(Collectors.joining("\n"));
  }

  private static String summary(Report report) {
    return Stream.of(Outcome.values())
        .filter(outcome -> outcome != Outcome.REPLACED || !report.of(outcome).isEmpty())
        .map(outcome -> report.of(outcome).size() + " " + outcome.words())
        .collect(Collectors.joining(", "));
  }
}
