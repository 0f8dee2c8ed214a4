package dev.hexe.policy.cli.host;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.host.Remedy;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.cli.text.Style;
import dev.hexe.policy.cli.text.Table;
import dev.hexe.policy.cli.text.Table.Cell;
import dev.hexe.policy.cli.text.Versions;
import dev.hexe.policy.cli.text.Words;
import dev.hexe.policy.cli.text.Wrap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A diagnosis to be read. */
public final class DoctorReport {
  private static final String MARGIN = "  ";

  private final Diagnosis diagnosis;
  private final Style style;
  private final int width;

  public DoctorReport(Diagnosis diagnosis, Output output) {
    this.diagnosis = diagnosis;
    this.style = output.style();
    this.width = output.width();
  }

  public String text() {
    List<String> parts = new ArrayList<>();
    parts.add(
        style.bold("hexe-policy " + Versions.ours())
            + " on "
            + Printable.text(diagnosis.host().summary()));
    parts.add(section("tried on this host", facts()));
    if (!missing().isEmpty()) {
      parts.add(section("missing, and how to mend it", repairs()));
    }
    parts.add(section("backends", backends()));
    diagnosis.plugins().text(style).ifPresent(parts::add);
    parts.add(section("built-in profiles on this host", profiles()));
    return String.join("\n\n", parts);
  }

  private String section(String title, Object body) {
    return style.bold(title) + "\n" + body;
  }

  private Table facts() {
    Table table = new Table(width);
    for (Fact fact : diagnosis.host().facts().all()) {
      Strength likeness = fact.available() ? Strength.FULL : Strength.NONE;
      table.row(
          Cell.of(
              MARGIN + Words.mark(likeness) + " " + fact.name(), text -> style.of(likeness, text)),
          Cell.of(fact.value() == 0 ? "" : Long.toString(fact.value())),
          Cell.of(fact.available() ? "ok" : "missing", text -> style.of(likeness, text)),
          Cell.of(fact.evidence(), style::dim));
    }
    return table;
  }

  /** What is missing, by the fix: what is mended together is told together. */
  private Map<String, List<Fact>> missing() {
    Map<String, List<Fact>> missing = new LinkedHashMap<>();
    for (Fact fact : diagnosis.host().facts().all()) {
      MissingFeature lack = fact.lack();
      if (!fact.available()) {
        String key = lack.fix().isEmpty() ? lack.reason() : lack.fix();
        missing.computeIfAbsent(key, fix -> new ArrayList<>()).add(fact);
      }
    }
    return missing;
  }

  private String repairs() {
    List<String> lines = new ArrayList<>();
    missing().values().forEach(facts -> lines.addAll(repair(facts)));
    if (hasScript()) {
      String hint = "`hexe-policy doctor --fix` prints a script for this, to be reviewed";
      lines.addAll(Wrap.hanging(MARGIN, hint, width));
    }
    return String.join("\n", lines);
  }

  private boolean hasScript() {
    return missing().values().stream()
        .flatMap(List::stream)
        .anyMatch(fact -> fact.lack().remedy() != Remedy.ADVICE);
  }

  private List<String> repair(List<Fact> facts) {
    String names = String.join(", ", facts.stream().map(Fact::name).toList());
    List<String> lines = new ArrayList<>(Wrap.hanging(MARGIN, names, width));
    facts.stream()
        .map(fact -> fact.lack().reason())
        .distinct()
        .forEach(reason -> lines.addAll(Wrap.hanging("    ", reason, width)));
    String fix = facts.get(0).lack().fix();
    if (!fix.isEmpty()) {
      Wrap.hanging("    fix: ", fix, width).forEach(line -> lines.add(style.bold(line)));
    }
    return lines;
  }

  private Table backends() {
    Table table = new Table(width);
    diagnosis
        .backends()
        .forEach(
            backend ->
                table.row(
                    Cell.of(MARGIN + backend.id()),
                    Cell.of(backend.version()),
                    Cell.of(Installation.location(backend), style::dim)));
    return table;
  }

  private Table profiles() {
    Table table = new Table(width);
    for (Forecast outlook : diagnosis.outlooks()) {
      Strength likeness = outlook.verdict().likeness();
      table.row(
          Cell.of(
              MARGIN + Words.mark(likeness) + " " + outlook.profile(),
              text -> style.of(likeness, text)),
          Cell.of(outlook.verdict().words(), text -> style.of(likeness, text)),
          Cell.of(outlook.weakest().map(DoctorReport::weakest).orElse(outlook.problem())));
    }
    return table;
  }

  private static String weakest(Decision decision) {
    String how =
        decision
            .chosen()
            .map(mechanism -> Words.of(decision.strength()) + " by " + mechanism.id())
            .orElse("not enforced");
    return "weakest: " + decision.guarantee().id() + ", " + how;
  }
}
