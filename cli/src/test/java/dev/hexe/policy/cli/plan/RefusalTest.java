package dev.hexe.policy.cli.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.api.rule.RuleEffect;
import dev.hexe.policy.api.rule.SiteRule;
import dev.hexe.policy.cli.Fakes;
import dev.hexe.policy.cli.selection.BackendSelection;
import dev.hexe.policy.cli.text.ErrorMessage;
import dev.hexe.policy.engine.site.SiteOutcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusalTest {
  @Test
  void oneGuaranteeIsToldInDetail() {
    Decision files = Fakes.decide(Fakes.POOR, Fakes.backends()).of(Guarantee.FILES).orElseThrow();
    assertEquals(
        """
        hexe-policy: profile `sandbox` cannot be enforced on this host
          files (only listed paths are reachable): `full` is required, `partial` can be had: landlock — \
        unlisted paths cannot be opened, but stay visible to stat
            no new-root: user namespaces are limited to 0 on this host (/proc/sys/user/max_user_namespaces)
            fix: sysctl -w user.max_user_namespaces=15000
          help: the profile `isolated` takes no namespaces and runs where Landlock does: listed paths by Landlock, \
        other processes seen but out of reach; `--best-effort` runs it less confined; `hexe-policy doctor` shows what this host offers""",
        complaint(new Decisions(List.of(files)), Optional.empty()));
  }

  @Test
  void severalWithOneCauseAreToldTogether() {
    assertEquals(
        """
        hexe-policy: profile `sandbox` cannot be enforced on this host
          files: `full` is required, `partial` can be had
          tmp: `full` is required, nothing can be had
            because: user namespaces are limited to 0 on this host (/proc/sys/user/max_user_namespaces)
            fix: sysctl -w user.max_user_namespaces=15000
          help: the profile `isolated` takes no namespaces and runs where Landlock does: listed paths by Landlock, \
        other processes seen but out of reach; `--best-effort` runs it less confined; `hexe-policy doctor` shows what this host offers""",
        complaint(Fakes.decide(Fakes.POOR, Fakes.backends()), Optional.empty()));
  }

  @Test
  void aBackendThatWasLeftOutIsTheCause() {
    Decisions decisions = Fakes.decide(Fakes.RICH, BackendSelection.LANDLOCK.of(Fakes.backends()));
    assertEquals(
        "    because: `--backend=landlock` leaves out the backend `namespaces`",
        complaint(decisions, Optional.of(BackendSelection.LANDLOCK)).lines().toList().get(3));
  }

  @Test
  void aRuleOfTheSiteThatRequiresIsNamed() {
    Origin place = new Origin.InFile("rules.d/a.yaml", 3, 1, 0, () -> "");
    SiteRule rule =
        new SiteRule(
            "own files",
            "",
            100,
            "true",
            place,
            List.of(new RuleEffect.Require(Guarantee.TMP, Strength.FULL)),
            place);
    SiteOutcome site =
        new SiteOutcome(
            Fakes.SANDBOX,
            List.of(rule),
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            false,
            false,
            false);
    Decisions decisions = Fakes.decide(Fakes.POOR, Fakes.backends());
    String told =
        ErrorMessage.about(
            Refusal.exception(Fakes.SANDBOX, decisions, site, Optional.empty()), false);
    assertTrue(
        told.contains("    required by this site: rule `own files` (rules.d/a.yaml:3:1)"), told);
    assertTrue(told.contains("help: `hexe-policy rules` lists the rules of this site"), told);
  }

  private static String complaint(Decisions decisions, Optional<BackendSelection> design) {
    SiteOutcome site = SiteOutcome.untouched(Fakes.SANDBOX);
    return ErrorMessage.about(Refusal.exception(Fakes.SANDBOX, decisions, site, design), false);
  }
}
