package dev.hexe.policy.cli.explain;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.cli.host.Verdict;
import dev.hexe.policy.cli.plan.PlanListing;
import dev.hexe.policy.cli.plan.Refusal;
import dev.hexe.policy.cli.plan.Shortfall;
import dev.hexe.policy.cli.text.Output;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.cli.text.Style;
import dev.hexe.policy.cli.text.Wrap;
import dev.hexe.policy.engine.UnwritableTrees;
import dev.hexe.policy.engine.site.SiteOutcome;
import dev.hexe.policy.engine.system.FollowedLink;
import dev.hexe.policy.engine.system.SystemTargets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** An explanation to be read. */
public final class ExplainReport {
  private final Explanation explanation;
  private final Style style;
  private final int width;

  public ExplainReport(Explanation explanation, Output output) {
    this.explanation = explanation;
    this.style = output.style();
    this.width = output.width();
  }

  public String text() {
    List<String> parts = new ArrayList<>();
    parts.add(header());
    parts.add(new PolicyReport(explanation.profile(), style, width).of(explanation.provenance()));
    unwritable().ifPresent(parts::add);
    if (!explanation.decisions().all().isEmpty()) {
      parts.add(new DecisionTable(style, width).of(explanation.decisions()));
    }
    parts.add(session());
    site().ifPresent(parts::add);
    parts.add(verdict());
    explanation.outside().map(this::outside).ifPresent(parts::add);
    system().ifPresent(parts::add);
    parts.add(exposures());
    parts.add(plan());
    return String.join("\n\n", parts);
  }

  private String header() {
    Profile profile = explanation.profile();
    String summary = profile.summary().isEmpty() ? "" : ": " + profile.summary();
    List<String> lines = new ArrayList<>();
    lines.add(style.bold("profile " + Printable.text(profile.name())) + Printable.text(summary));
    lines.add(
        style.dim(
            (explanation.live() ? "here, on " : "there, on ")
                + Printable.text(explanation.host().summary())));
    started().ifPresent(lines::add);
    explanation.design().ifPresent(design -> lines.add(style.dim(design.absence())));
    return String.join("\n", lines);
  }

  /** Listed trees that the next run depends on. */
  private Optional<String> unwritable() {
    List<String> lines = new ArrayList<>();
    UnwritableTrees.warnings(explanation.profile())
        .forEach(it -> lines.addAll(Wrap.hanging("", Printable.text(it), width)));
    return lines.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", lines));
  }

  /** What no guarantee tells: how the command is started, where that is not as usual. */
  private Optional<String> started() {
    String words = StartWords.of(explanation.profile().startup());
    return words.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join("\n", Wrap.hanging("start  ", Printable.text(words), width)));
  }

  private String session() {
    return String.join(
        "\n",
        new SessionAccess(explanation.profile(), explanation.decisions())
            .lines().stream().flatMap(line -> Wrap.hanging("", line, width).stream()).toList());
  }

  /** Where the system's symlinks lead, which no list of the profile names. */
  private Optional<String> system() {
    SystemTargets targets = explanation.system();
    List<String> lines = new ArrayList<>();
    if (!targets.links().isEmpty()) {
      lines.add("system files that lie elsewhere, to be read:");
    }
    for (FollowedLink link : targets.links()) {
      String text = link.path() + " -> " + link.target() + ", because " + link.reason();
      lines.addAll(Wrap.hanging("  ", Printable.text(text), width));
    }
    for (String warning : targets.warnings()) {
      lines.addAll(Wrap.hanging("", Printable.text(warning), width));
    }
    return lines.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", lines));
  }

  private String exposures() {
    String text = new ExposureReport(style, width).of(explanation.exposures());
    return Verdict.of(explanation.decisions()) == Verdict.REFUSED
        ? style.dim("if it ran all the same, with `--best-effort`:") + "\n" + text
        : text;
  }

  /** What the rules of the site have done. */
  private Optional<String> site() {
    SiteOutcome site = explanation.site();
    List<String> lines = new ArrayList<>();
    site.acted()
        .forEach(
            rule ->
                lines.addAll(Wrap.hanging("  ", Printable.text(SiteWords.effects(rule)), width)));
    site.undecided()
        .forEach(
            rule ->
                lines.addAll(
                    Wrap.hanging(
                        "  ",
                        Printable.text(rule.told() + ": depends on the command, as in `-- npm`"),
                        width)));
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(style.bold("rules of this site") + "\n" + String.join("\n", lines));
  }

  private String verdict() {
    if (!explanation.site().refusals().isEmpty()) {
      return explanation.site().refusals().stream()
          .map(
              why -> style.bad("✗ forbidden by this site, with status 125: ") + Printable.text(why))
          .collect(Collectors.joining("\n"));
    }
    return switch (Verdict.of(explanation.decisions())) {
      case FULL -> style.good("✓ everything is enforced in full");
      case ACCEPTED -> style.good("✓ everything is enforced as firmly as the profile asks");
      case DEGRADED -> style.fair("~ runs, with a warning for " + shortOnes());
      case REFUSED -> style.bad("✗ would be refused with status 125: ") + refusal();
    };
  }

  /** Nothing is wrong with the profile: it is the directory that decides. */
  private String outside(String reason) {
    String[] lines = reason.split("\n", -1);
    List<String> wrapped = new ArrayList<>();
    wrapped.add(style.bad("✗ started here, it would be refused with status 125: ") + lines[0]);
    for (int i = 1; i < lines.length; i++) {
      wrapped.addAll(Wrap.hanging("  ", lines[i].strip(), width));
    }
    return String.join("\n", wrapped);
  }

  private String shortOnes() {
    List<Decision> unsatisfied =
        explanation.decisions().all().stream().filter(decision -> !decision.satisfied()).toList();
    return Shortfall.guarantees(unsatisfied);
  }

  private String refusal() {
    String[] lines =
        Refusal.text(
                explanation.profile(),
                explanation.decisions(),
                explanation.site(),
                explanation.design())
            .split("\n", -1);
    List<String> wrapped = new ArrayList<>();
    wrapped.add(lines[0]);
    for (int i = 1; i < lines.length; i++) {
      String text = lines[i].strip();
      int indent = lines[i].length() - text.length();
      wrapped.addAll(Wrap.hanging(" ".repeat(indent), text, width));
    }
    return String.join("\n", wrapped);
  }

  private String plan() {
    if (!explanation.live()) {
      return style.dim("no plan: it is made on the host itself");
    }
    return explanation
        .plan()
        .map(plan -> new PlanListing(style, width).of(plan))
        .orElse(style.dim("no plan: nothing would run"));
  }
}
