package dev.hexe.policy.cli.verify;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.cli.text.Style;
import dev.hexe.policy.cli.text.Table;
import dev.hexe.policy.cli.text.Table.Cell;
import dev.hexe.policy.cli.text.Words;
import dev.hexe.policy.cli.text.Wrap;
import dev.hexe.policy.verification.Finding;
import dev.hexe.policy.verification.Judgement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Evidence to be read: each guarantee, what was promised, and each act with what came of it. */
public final class VerifyReport {
  private static final int WIDEST_VALUE = 28;

  private final Evidence evidence;
  private final Style style;
  private final int width;

  public VerifyReport(Evidence evidence, Output output) {
    this.evidence = evidence;
    this.style = output.style();
    this.width = output.width();
  }

  public String text() {
    List<String> parts = new ArrayList<>();
    parts.add(
        style.bold("profile " + Printable.text(evidence.profile().name()))
            + "\n"
            + style.dim("tried from inside, on " + Printable.text(evidence.host().summary())));
    if (!evidence.findings().isEmpty()) {
      parts.add(table());
    }
    notPromised().ifPresent(parts::add);
    parts.add(style.of(likeness(), evidence.summary()));
    return String.join("\n\n", parts);
  }

  private Strength likeness() {
    return evidence.isBroken() ? Strength.NONE : Strength.FULL;
  }

  private String table() {
    Table table = new Table(width);
    table.row(heading("  act"), heading("expected"), heading("seen"), heading("evidence"));
    Guarantee last = null;
    for (Finding finding : evidence.findings()) {
      if (!Objects.equals(finding.trial().guarantee(), last)) {
        last = finding.trial().guarantee();
        promise(table, finding.decision());
      }
      row(table, finding);
    }
    return table.toString();
  }

  private Cell heading(String text) {
    return Cell.of(text, style::bold);
  }

  private void promise(Table table, Decision decision) {
    Strength strength = decision.strength();
    String by = decision.chosen().map(Mechanism::id).map(id -> " by " + id).orElse("");
    table.line(
        style.bold(decision.guarantee().id())
            + ": "
            + style.of(strength, Words.of(strength))
            + style.dim(by));
  }

  private void row(Table table, Finding finding) {
    String act = mark(finding.judgement()) + " " + finding.trial().act().text();
    table.row(
        Cell.of("  " + act, text -> paint(finding.judgement(), text)),
        Cell.of(finding.trial().expectation().words()),
        Cell.of(cut(finding.seen())),
        Cell.of(note(finding), style::dim));
  }

  private static String note(Finding finding) {
    String proof = finding.answer().evidence();
    if (finding.judgement() != Judgement.LEFT_OPEN) {
      return proof;
    }
    return proof.isEmpty() ? "left open" : proof + ", left open";
  }

  private static String cut(String text) {
    return text.length() <= WIDEST_VALUE ? text : text.substring(0, WIDEST_VALUE - 1) + "…";
  }

  private static String mark(Judgement judgement) {
    return switch (judgement) {
      case HELD -> "✓";
      case BROKEN -> "✗";
      case LEFT_OPEN -> "~";
      case NOT_TRIED -> "-";
    };
  }

  private String paint(Judgement judgement, String text) {
    return switch (judgement) {
      case HELD -> text;
      case BROKEN -> style.bad(text);
      case LEFT_OPEN -> style.fair(text);
      case NOT_TRIED -> style.dim(text);
    };
  }

  private java.util.Optional<String> notPromised() {
    Set<Guarantee> rest = new TreeSet<>(Guarantee.builtIn());
    rest.removeAll(evidence.profile().guarantees());
    if (rest.isEmpty()) {
      return java.util.Optional.empty();
    }
    String list = String.join(", ", rest.stream().map(Guarantee::id).toList());
    List<String> lines = Wrap.hanging("not promised, not tried: ", list, width);
    return java.util.Optional.of(style.dim(String.join("\n", lines)));
  }
}
