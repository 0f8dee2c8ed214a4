package dev.hexe.policy.cli.plan;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Effect;
import dev.hexe.policy.api.decision.Rejection;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.cli.selection.BackendSelection;
import dev.hexe.policy.cli.text.CommandException;
import dev.hexe.policy.cli.text.Printable;
import dev.hexe.policy.cli.text.Words;
import dev.hexe.policy.engine.site.SiteOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Says why a profile is not run on a host: each cause once, with the guarantees it costs. */
public final class Refusal {
  private static final String HELP =
      "`--best-effort` runs it less confined; `hexe-policy doctor` shows what this host offers";
  private static final String ISOLATED =
      "the profile `isolated` takes no namespaces and runs where Landlock does: listed paths by Landlock, other processes seen but out of reach; ";
  private static final String TRY =
      "`try` keeps changes apart by mounts, which cannot be had here; run the command with `apply` on a copy of the project, or on a clean work tree of git; `hexe-policy doctor` shows what this host offers";
  private static final String SITE =
      "`hexe-policy rules` lists the rules of this site, against which `--best-effort` does not help; `hexe-policy doctor` shows what this host offers";
  private static final String NOBODY = "no backend has a way to enforce this";

  private Refusal() {}

  /** The refusal as what the user reads. */
  public static CommandException exception(
      Profile profile, Decisions decisions, SiteOutcome site, Optional<BackendSelection> design) {
    return new CommandException(
        text(profile, decisions, site, design), help(profile, decisions, site));
  }

  private static String help(Profile profile, Decisions decisions, SiteOutcome site) {
    if (decisions.refusals().stream().anyMatch(it -> site.requiring(it.guarantee()).isPresent())) {
      return SITE;
    }
    boolean tried = profile.files().fixtures().changeStore().isPresent();
    if (tried && decisions.of(Guarantee.LAYOUT).filter(Decision::refuses).isPresent()) {
      return TRY;
    }
    return landlockAlone(decisions) ? ISOLATED + HELP : HELP;
  }

  /** Whether only Landlock holds for the files, for which there is a profile of its own. */
  private static boolean landlockAlone(Decisions decisions) {
    return decisions
        .of(Guarantee.FILES)
        .filter(Decision::refuses)
        .filter(decision -> decision.has(Effect.RIGHTS_OF_TREES))
        .isPresent();
  }

  /** The refusal without help. */
  public static String text(
      Profile profile, Decisions decisions, SiteOutcome site, Optional<BackendSelection> design) {
    List<String> lines = new ArrayList<>();
    lines.add("profile " + Printable.quote(profile.name()) + " cannot be enforced on this host");
    for (Shortfall shortfall : Shortfall.group(decisions.refusals())) {
      lines.addAll(shortfall.decisions().size() == 1 ? alone(shortfall) : together(shortfall));
      List<String> rules = rules(shortfall, site);
      if (shortfall.lacks().isEmpty() && rules.isEmpty()) {
        lines.add("    because: " + design.map(BackendSelection::absence).orElse(NOBODY));
      }
      lines.addAll(rules);
    }
    return String.join("\n", lines);
  }

  /** The rules of the site that have brought it about. */
  private static List<String> rules(Shortfall shortfall, SiteOutcome site) {
    return shortfall.decisions().stream()
        .map(Decision::guarantee)
        .flatMap(
            guarantee ->
                Stream.concat(
                    site.requiring(guarantee).stream()
                        .map(rule -> "    required by this site: " + rule.told()),
                    site.choosing(guarantee).stream()
                        .map(rule -> "    chosen by this site: " + rule.told())))
        .distinct()
        .toList();
  }

  private static List<String> alone(Shortfall shortfall) {
    Decision decision = shortfall.decisions().get(0);
    List<String> lines = new ArrayList<>();
    lines.add(
        "  %s (%s): %s%s"
            .formatted(
                decision.guarantee().id(),
                decision.guarantee().meaning(),
                verdict(decision),
                substitute(decision)));
    Shortfall.missed(decision).forEach(rejection -> lines.addAll(rejection(rejection)));
    return lines;
  }

  private static List<String> together(Shortfall shortfall) {
    Map<String, List<Decision>> byVerdict = new LinkedHashMap<>();
    for (Decision decision : shortfall.decisions()) {
      byVerdict.computeIfAbsent(verdict(decision), text -> new ArrayList<>()).add(decision);
    }
    List<String> lines = new ArrayList<>();
    byVerdict.forEach(
        (verdict, decisions) -> lines.add("  " + Shortfall.guarantees(decisions) + ": " + verdict));
    shortfall.lacks().forEach(lack -> lines.addAll(lack("because", lack)));
    return lines;
  }

  private static String verdict(Decision decision) {
    String had =
        decision.strength() == Strength.NONE
            ? "nothing can be had"
            : "`" + Words.of(decision.strength()) + "` can be had";
    return "`%s` is required, %s".formatted(Words.of(decision.demand().atLeast()), had);
  }

  private static String substitute(Decision decision) {
    return decision
        .chosen()
        .map(mechanism -> ": " + mechanism.id() + " — " + mechanism.caveat())
        .orElse("");
  }

  private static List<String> rejection(Rejection rejection) {
    return lack("no " + rejection.mechanism().id(), rejection.lack());
  }

  private static List<String> lack(String label, MissingFeature lack) {
    String reason = "    " + label + ": " + lack.reason();
    return lack.fix().isEmpty() ? List.of(reason) : List.of(reason, "    fix: " + lack.fix());
  }
}
