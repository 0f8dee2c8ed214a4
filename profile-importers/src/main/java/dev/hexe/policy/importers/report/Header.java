package dev.hexe.policy.importers.report;

import java.util.List;

/** The comment that an imported file begins with: what it came from, and what it does not say. */
public final class Header {
  private Header() {}

  /**
   * The lines, each with an end.
   *
   * @param run how to run the source's command; empty where there is none
   */
  public static String of(String source, String kind, String run, Report report) {
    StringBuilder header = new StringBuilder();
    header
        .append("# Imported from ")
        .append(Report.visible(source))
        .append(" (")
        .append(kind)
        .append(").\n");
    if (!run.isEmpty()) {
      header.append("# Run it with: ").append(Report.visible(run)).append('\n');
    }
    List<Note> lost = report.of(Outcome.NOT_CARRIED);
    if (!lost.isEmpty()) {
      header.append("#\n# Not carried over:\n");
      header.append(ReportText.lines(lost).indent(0).replaceAll("(?m)^(?=.)", "# "));
    }
    return header.append('\n').toString();
  }
}
