package dev.hexe.policy.cli.explain;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.decision.Rejection;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.cli.text.Style;
import dev.hexe.policy.cli.text.Table;
import dev.hexe.policy.cli.text.Table.Cell;
import dev.hexe.policy.cli.text.Words;
import dev.hexe.policy.cli.text.Wrap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Each guarantee, what enforces it, how strongly, by which rule; and why not more strongly. */
final class DecisionTable {
  private static final String MARGIN = "    ";

  private final Style style;
  private final int width;
  private final Table table;

  /** Which guarantee already told of a lack, so that it is told once. */
  private final Map<MissingFeature, Guarantee> told = new HashMap<>();

  DecisionTable(Style style, int width) {
    this.style = style;
    this.width = width;
    this.table = new Table(width);
  }

  String of(Decisions decisions) {
    table.row(heading("  guarantee"), heading("mechanism"), heading("strength"), heading("rule"));
    table.line(style.dim("─".repeat(width)));
    decisions.all().forEach(this::add);
    return table.toString();
  }

  private Cell heading(String text) {
    return Cell.of(text, style::bold);
  }

  private void add(Decision decision) {
    Strength strength = decision.strength();
    table.row(
        Cell.of(
            Words.mark(strength) + " " + decision.guarantee().id(),
            text -> style.of(strength, text)),
        Cell.of(mechanisms(decision)),
        Cell.of(Words.of(strength), text -> style.of(strength, text)),
        Cell.of(rule(decision), style::dim));
    if (strength != Strength.FULL) {
      below(decision);
    }
  }

  private static String mechanisms(Decision decision) {
    StringBuilder names = new StringBuilder(decision.chosen().map(Mechanism::id).orElse("-"));
    decision.reinforcements().forEach(extra -> names.append("\n+ ").append(extra.id()));
    return names.toString();
  }

  private static String rule(Decision decision) {
    return decision.chosen().map(Mechanism::rule).orElse("no rule can be applied here");
  }

  private void below(Decision decision) {
    decision
        .chosen()
        .ifPresent(mechanism -> note(Words.of(mechanism.strength()), mechanism.caveat()));
    decision.rejections().forEach(rejection -> add(decision.guarantee(), rejection));
    if (!decision.satisfied()) {
      consequence(decision);
    }
  }

  private void consequence(Decision decision) {
    String least = "`" + Words.of(decision.demand().atLeast()) + "` is ";
    if (decision.refuses()) {
      note(least + "required", "nothing runs without it", style::bad);
    } else {
      note(least + "preferred", "it runs with a warning", style::fair);
    }
  }

  private void add(Guarantee guarantee, Rejection rejection) {
    String label = "no " + rejection.mechanism().id();
    MissingFeature lack = rejection.lack();
    Guarantee before = told.putIfAbsent(lack, guarantee);
    if (before != null) {
      note(label, "as for " + before.id());
      return;
    }
    note(label, lack.reason());
    if (!lack.fix().isEmpty()) {
      note("fix", lack.fix(), style::bold);
    }
  }

  private void note(String label, String text) {
    note(label, text, UnaryOperator.identity());
  }

  private void note(String label, String text, UnaryOperator<String> paint) {
    Wrap.hanging(MARGIN + label + ": ", text, width).forEach(line -> table.line(paint.apply(line)));
  }
}
