package dev.hexe.policy.cli.why;

import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.cli.explain.PolicyReport;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.cli.text.Style;
import dev.hexe.policy.cli.text.Words;
import dev.hexe.policy.cli.text.Wrap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The answer of a policy about a path, to be read. */
public final class WhyReport {
  private static final String MARGIN = "      ";

  private final Style style;
  private final int width;

  public WhyReport(Output output) {
    style = output.style();
    width = output.width();
  }

  /**
   * A path that was asked about.
   *
   * @param path as it was asked, absolute
   * @param real where that leads
   * @param profile under which profile
   */
  public record Question(String path, String real, Profile profile) {}

  public String of(Question question, List<Answer> answers) {
    List<String> lines = new ArrayList<>();
    String leads = question.real().equals(question.path()) ? "" : ", which is " + question.real();
    boolean there = answers.stream().allMatch(Answer::there);
    lines.add(
        style.bold(Printable.line(question.path()))
            + Printable.line(leads + ", under the profile " + question.profile().name()));
    if (!there) {
      lines.add(style.dim("  nothing is there on this host"));
    }
    while (!answers.isEmpty()) {
      Answer first = answers.get(0);
      add(answers.stream().filter(first::isAs).toList(), lines);
      answers = answers.stream().filter(other -> !first.isAs(other)).toList();
    }
    return String.join("\n", lines);
  }

  private void add(List<Answer> same, List<String> lines) {
    Answer answer = same.get(0);
    String operations = Words.and(same.stream().map(it -> Words.of(it.operation())).toList());
    lines.add(
        "  "
            + (answer.allowed() ? style.good("✓ " + operations) : style.bad("✗ " + operations))
            + (answer.allowed() && answer.there() && !answer.host()
                ? style.dim("  (but the host itself does not let you)")
                : ""));
    addRule(answer, lines);
  }

  /** Who decides, and what would change it. */
  void addRule(Answer answer, List<String> lines) {
    note("because    ", answer.reason(), lines);
    answer.statement().ifPresent(it -> note("by         ", statement(it), lines));
    answer.guarantee().ifPresent(guarantee -> note("guarantee  ", held(answer), lines));
    if (!answer.allowed()) {
      note("fix        ", words(answer.fix()), lines);
      answer
          .fix()
          .filter(it -> !it.yaml().isEmpty())
          .ifPresent(it -> note("in YAML    ", it.yaml(), lines));
    }
  }

  private static String held(Answer answer) {
    String guarantee = answer.guarantee().map(it -> it.id() + ", " + it.meaning()).orElse("");
    return guarantee + answer.mechanism().map(it -> " (" + it.id() + ")").orElse("");
  }

  private static String words(Optional<Fix> fix) {
    return fix.map(it -> it.option().isEmpty() ? "in a profile alone" : it.option())
        .orElse("none: no option and no key of a profile allows it");
  }

  private void note(String label, String text, List<String> lines) {
    lines.addAll(Wrap.hanging(MARGIN + label, text, width));
  }

  /** A line of a policy, with its place. */
  static String statement(Statement statement) {
    String value = statement.origin() instanceof Origin.DefaultList ? "default" : statement.value();
    return statement.key() + ": " + value + " (" + PolicyReport.place(statement.origin()) + ")";
  }
}
