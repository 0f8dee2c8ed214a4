package dev.hexe.policy.cli.explain;

import dev.hexe.policy.cli.explain.Difference.Section;
import dev.hexe.policy.cli.host.Verdict;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.cli.text.Style;
import dev.hexe.policy.cli.text.Table;
import dev.hexe.policy.cli.text.Table.Cell;
import dev.hexe.policy.cli.text.Words;
import dev.hexe.policy.cli.text.Wrap;
import java.util.List;
import java.util.function.UnaryOperator;

/** The differences of two profiles, side by side. */
public final class ComparisonReport {
  private static final String MARGIN = "  ";
  private static final int GAPS = 6;

  private final Comparison comparison;
  private final Style style;
  private final int width;

  public ComparisonReport(Comparison comparison, Output output) {
    this.comparison = comparison;
    this.style = output.style();
    this.width = output.width();
  }

  public String text() {
    if (comparison.isEqual()) {
      return "`%s` and `%s` grant the same on this host"
          .formatted(
              Printable.text(comparison.left().name()), Printable.text(comparison.right().name()));
    }
    Table table = new Table(width);
    row(table, style::bold, "", comparison.left().name(), comparison.right().name());
    for (Section section : Section.values()) {
      add(section, table);
    }
    table.line(style.dim("─".repeat(width)));
    row(table, style::bold, "verdict", verdict(comparison.left()), verdict(comparison.right()));
    row(table, style::bold, "score", score(comparison.left()), score(comparison.right()));
    return table.toString();
  }

  private void add(Section section, Table table) {
    List<Difference> those =
        comparison.differences().stream()
            .filter(difference -> difference.section() == section)
            .toList();
    if (!those.isEmpty()) {
      table.line(style.dim("─".repeat(width)));
      table.line(style.bold(Words.of(section)));
    }
    for (Difference difference : those) {
      row(
          table,
          UnaryOperator.identity(),
          MARGIN + difference.name(),
          difference.left(),
          difference.right());
    }
  }

  private void row(
      Table table, UnaryOperator<String> paint, String name, String left, String right) {
    table.row(Cell.of(name), Cell.of(wrapped(left), paint), Cell.of(wrapped(right), paint));
  }

  /** A cell that takes half of what the longest name leaves. */
  private String wrapped(String text) {
    int names =
        comparison.differences().stream()
            .mapToInt(difference -> Wrap.columns(MARGIN + difference.name()))
            .max()
            .orElse(0);
    int half = Math.max(1, (width - names - GAPS) / 2);
    return text.isEmpty() ? "-" : String.join("\n", Wrap.lines(text, half));
  }

  private static String verdict(ComparedProfile side) {
    return Verdict.of(side.explanation().decisions()).words();
  }

  private static String score(ComparedProfile side) {
    return ExposureReport.score(side.explanation().exposures(), "");
  }
}
