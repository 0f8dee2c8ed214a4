package dev.hexe.policy.cli.explain;

import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.cli.text.Style;
import dev.hexe.policy.cli.text.Table;
import dev.hexe.policy.cli.text.Table.Cell;
import dev.hexe.policy.cli.text.Wrap;
import dev.hexe.policy.exposure.Exposure;
import dev.hexe.policy.exposure.Exposures;
import dev.hexe.policy.exposure.Exposures.Scope;
import dev.hexe.policy.exposure.Rating;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The exposures of a sandbox, to be read. */
final class ExposureReport {
  private static final String MARGIN = "  ";

  private final Style style;
  private final int width;

  ExposureReport(Style style, int width) {
    this.style = style;
    this.width = width;
  }

  String of(Exposures exposures) {
    List<String> lines = new ArrayList<>();
    lines.add(style.bold("exposures: ") + score(exposures));
    exposures.writableHome().ifPresent(home -> lines.addAll(meaning(home)));
    if (!exposures.all().isEmpty()) {
      lines.add(table(exposures));
      lines.addAll(sum(exposures));
    }
    if (exposures.scope() == Scope.DECISIONS) {
      note("from the decisions alone: the files of that host were not examined", lines);
    }
    if (!exposures.all().isEmpty()) {
      lines.add(style.bold("what would close them"));
      closing(exposures).forEach((close, those) -> lines.addAll(closing(close, those)));
    }
    return String.join("\n", lines);
  }

  private List<String> meaning(String home) {
    List<String> lines = new ArrayList<>();
    note(
        "the home `"
            + home
            + "` can be written: files in it that run later are protected by name alone, and no list"
            + " of names is complete; a profile that writes the project and not the home closes this:"
            + " `write: {only: [\"${CWD}\"]}`",
        lines);
    note(
        "a path of the default list of hidden ones that is made while a sandbox runs can be opened"
            + " until the next start: nobody can tell whether the command made it; name it with"
            + " `--hide` to have it hidden at once",
        lines);
    return lines;
  }

  /** A weight or a score in words. */
  static String points(int tenths) {
    return tenths / 10 + "." + tenths % 10;
  }

  private String score(Exposures exposures) {
    return exposures.scope() == Scope.DECISIONS
        ? score(exposures, " of 10.0")
        : of(exposures.rating()).apply(score(exposures, " of 10.0"));
  }

  /** A score and its rating; files that were not looked at may hide more. */
  static String score(Exposures exposures, String scale) {
    String score = points(exposures.score()) + scale;
    return exposures.scope() == Scope.DECISIONS
        ? "at least " + score
        : score + ", " + exposures.rating();
  }

  private UnaryOperator<String> of(Rating rating) {
    return switch (rating) {
      case SAFE, OK -> style::good;
      case EXPOSED -> style::fair;
      case UNSAFE -> style::bad;
    };
  }

  private String table(Exposures exposures) {
    Table table = new Table(width);
    for (Exposure exposure : exposures.all()) {
      UnaryOperator<String> paint =
          text -> style.of(exposure.wayOut() ? Strength.NONE : Strength.PARTIAL, text);
      table.row(
          Cell.of(MARGIN + (exposure.wayOut() ? "!" : " ") + points(exposure.weight()), paint),
          Cell.of(exposure.kind().id(), paint),
          Cell.of(told(exposure)));
    }
    return table.toString();
  }

  private static String told(Exposure exposure) {
    String evidence = evidence(exposure);
    String half = exposure.because().isEmpty() ? "" : "\ncounts half: " + exposure.because();
    return exposure.kind().what() + (evidence.isEmpty() ? "" : ": ") + evidence + half;
  }

  /** What was seen of an exposure. */
  static String evidence(Exposure exposure) {
    List<String> parts = new ArrayList<>();
    if (!exposure.evidence().isEmpty()) {
      parts.add(String.join(", ", exposure.evidence()));
    }
    if (!exposure.makeable().isEmpty()) {
      parts.add("can be made: " + String.join(", ", exposure.makeable()));
    }
    return String.join("; ", parts);
  }

  private List<String> sum(Exposures exposures) {
    List<String> lines = new ArrayList<>();
    String terms =
        exposures.all().stream()
            .map(exposure -> points(exposure.weight()))
            .collect(Collectors.joining(" + "));
    String label = MARGIN + points(exposures.score()) + " = ";
    Wrap.hanging(label, terms, width).forEach(line -> lines.add(style.dim(line)));
    if (!exposures.waysOut().isEmpty()) {
      note("!: a way out by itself; with one, it is never better than EXPOSED", lines);
    }
    return lines;
  }

  private void note(String text, List<String> lines) {
    Wrap.hanging(MARGIN, text, width).forEach(line -> lines.add(style.dim(line)));
  }

  /** Exposures by what would close them, the most worth first. */
  private static Map<String, List<Exposure>> closing(Exposures exposures) {
    Map<String, List<Exposure>> closing = new LinkedHashMap<>();
    for (Exposure exposure : exposures.all()) {
      closing.computeIfAbsent(exposure.close(), close -> new ArrayList<>()).add(exposure);
    }
    Map<String, List<Exposure>> sorted = new LinkedHashMap<>();
    closing.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<String, List<Exposure>> entry) -> sum(entry.getValue()))
                .reversed())
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  private static int sum(List<Exposure> exposures) {
    return exposures.stream().mapToInt(Exposure::weight).sum();
  }

  private List<String> closing(String close, List<Exposure> those) {
    List<String> lines =
        new ArrayList<>(Wrap.hanging(MARGIN + "-" + points(sum(those)) + "  ", close, width));
    String names =
        those.stream().map(exposure -> exposure.kind().id()).collect(Collectors.joining(", "));
    Wrap.hanging("        ", names, width).forEach(line -> lines.add(style.dim(line)));
    return lines;
  }
}
