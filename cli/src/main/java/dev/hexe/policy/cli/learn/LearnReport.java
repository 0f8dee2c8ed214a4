package dev.hexe.policy.cli.learn;

import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.cli.text.Style;
import dev.hexe.policy.cli.text.Words;
import dev.hexe.policy.cli.text.Wrap;
import java.util.ArrayList;
import java.util.List;

/** The outcome of learning, to be read. */
public final class LearnReport {
  private final Style style;
  private final int width;
  private final String home;

  public LearnReport(Output output, String home) {
    this.style = output.style();
    this.width = output.width();
    this.home = home;
  }

  public String of(String profile, Outcome outcome) {
    List<String> lines = new ArrayList<>();
    lines.add("hexe-policy: " + Printable.text(headline(profile, outcome)));
    outcome.granted().forEach(it -> lines.add(style.good("  + " + granted(it))));
    outcome
        .declined()
        .forEach(it -> lines.add(style.dim("  - " + granted(it) + ": commented out")));
    outcome.questions().forEach(it -> add(it, lines));
    if (outcome.runs() > 0 && outcome.problem().isEmpty()) {
      lines.add("  next: " + Printable.text(next(profile, outcome)));
    }
    return String.join("\n", lines);
  }

  private static String headline(String profile, Outcome outcome) {
    if (!outcome.problem().isEmpty()) {
      return "nothing was learned: the command could not be watched (" + outcome.problem() + ")";
    }
    String runs = Words.count(outcome.runs(), "run") + ", status " + outcome.status();
    String entries =
        outcome.granted().size() == 1 ? "1 entry" : outcome.granted().size() + " entries";
    return "%s added to the profile `%s` (%s%s)%s"
        .formatted(
            entries,
            profile,
            runs,
            outcome.checked() ? ", and " + enough(outcome) : "",
            outcome.questions().isEmpty() && outcome.granted().isEmpty() ? "" : ":");
  }

  private static String enough(Outcome outcome) {
    return outcome.status() == 0 ? Outcome.ENOUGH : Outcome.NO_MORE;
  }

  private String granted(Grant grant) {
    String path = grant.value();
    String shown = grant.place().isOfPaths() ? PathRule.withTilde(path, home) : path;
    String by = grant.by().isEmpty() ? "" : "  (" + grant.by() + ")";
    return Printable.line(verb(grant.place()) + " " + shown + by);
  }

  private static String verb(Place place) {
    return switch (place) {
      case LIST -> "list ";
      case READ -> "read ";
      case WRITE -> "write";
      case ALLOW -> "reach";
    };
  }

  private void add(Question question, List<String> lines) {
    String text = subject(question) + ": " + question.because() + " (" + question.by() + ")";
    lines.addAll(Wrap.hanging("  ? ", Printable.text(text.replace('\n', ' ')), width));
    if (!question.yaml().isEmpty()) {
      lines.add("      to grant it: " + Printable.text(question.yaml()));
    }
  }

  /** A verb and mostly a path. */
  private String subject(Question question) {
    int verb = question.subject().indexOf(' ') + 1;
    return question.subject().substring(0, verb)
        + PathRule.withTilde(question.subject().substring(verb), home);
  }

  private static String next(String profile, Outcome outcome) {
    boolean file = profile.endsWith(".yaml") || profile.endsWith(".yml");
    String named = file && !profile.contains("/") ? "./" + profile : profile;
    if (!outcome.checked()) {
      return "look at it; `learn` again runs the command with it, `--rounds 5` until nothing is missing";
    }
    if (outcome.status() == 0) {
      return "`hexe-policy apply " + named + " -- …`";
    }
    String failed = "if status " + outcome.status() + " is a failure, ";
    return outcome.questions().isEmpty()
        ? failed + "it has a reason of its own: nothing was seen that the profile refuses"
        : failed
            + "grant what it needs of the above in the profile `"
            + named
            + "`, and `learn` again";
  }
}
