package dev.hexe.policy.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.plan.EnvironmentActions;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.plan.PlanNotes;
import dev.hexe.policy.api.profile.Startup;
import dev.hexe.policy.api.testing.ProfileBuilder;
import dev.hexe.policy.cli.Fakes;
import dev.hexe.policy.cli.Screen;
import dev.hexe.policy.cli.host.Host;
import dev.hexe.policy.cli.selection.BackendSelection;
import dev.hexe.policy.cli.text.Style;
import dev.hexe.policy.cli.text.Wrap;
import dev.hexe.policy.engine.Backends;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExplainReportTest {
  private final Screen screen = new Screen();

  @Test
  void aHostWithEverythingIsToldInFull() {
    assertEquals(
        """
        profile sandbox: code nobody has read
        here, on Linux 6.8.0, uid 1000, gid 1000, 2 supplementary groups

        the policy in effect
          files.unlisted  not said  allowed
          files.write     not said  nothing
          network         not said  host
          limits          not said  none

          guarantee  mechanism      strength  rule
        ────────────────────────────────────────────────────────────────────────────────────────────────────
        ✓ files      new-root       full      unlisted files are absent from a new root, where one can be
                     + landlock               mounted
        ✓ tmp        tmpfs          full      a private /tmp is a tmpfs, where mounting is allowed
        ✓ hostname   uts-namespace  full      an own hostname is set in a uts namespace

        terminals  the user's others cannot be opened, and none can be made, so `script`, `tmux` and `ssh
        -t` fail; `--write /dev/ptmx --write /dev/pts` allows both
        keys  the user's keyrings can be read and changed

        ✓ everything is enforced in full

        exposures: 0.5 of 10.0, EXPOSED
          !0.3  writable-git-hooks  the git directory of the project can be written, and git runs what is in
                                    it: ~/src/.git/hooks; can be made: ~/src/.git/config
           0.2  host-network        the host's network can be used: what is read can be sent
                                    counts half: a reason
          0.5 = 0.3 + 0.2
          !: a way out by itself; with one, it is never better than EXPOSED
        what would close them
          -0.3  list `.git` for reading, or work on a copy
                writable-git-hooks
          -0.2  network: none
                host-network

        plan: 2 actions
          network      hostname hexe
          descriptors  close descriptors from 3
          good until one of these changes: /etc/hexe-policy/profiles/sandbox.yaml""",
        report(Fakes.RICH, Optional.of(plan()), Style.PLAIN));
  }

  @Test
  void aPoorHostIsToldWithReasonsAndFixesOnce() {
    assertEquals(
        """
        profile sandbox: code nobody has read
        here, on Linux 6.8.0, uid 1000, gid 1000, 2 supplementary groups

        the policy in effect
          files.unlisted  not said  allowed
          files.write     not said  nothing
          network         not said  host
          limits          not said  none

          guarantee  mechanism  strength  rule
        ────────────────────────────────────────────────────────────────────────────────────────────────────
        ~ files      landlock   partial   unlisted files that cannot be made absent are denied by Landlock
            partial: unlisted paths cannot be opened, but stay visible to stat
            no new-root: user namespaces are limited to 0 on this host (/proc/sys/user/max_user_namespaces)
            fix: sysctl -w user.max_user_namespaces=15000
            `full` is required: nothing runs without it
        ✗ tmp        -          none      no rule can be applied here
            no tmpfs: as for files
            `full` is required: nothing runs without it
        ✗ hostname   -          none      no rule can be applied here
            no uts-namespace: as for files
            `full` is preferred: it runs with a warning

        terminals  the user's others cannot be opened, and none can be made, so `script`, `tmux` and `ssh
        -t` fail; `--write /dev/ptmx --write /dev/pts` allows both
        keys  the user's keyrings can be read and changed

        ✗ would be refused with status 125: profile `sandbox` cannot be enforced on this host
          files: `full` is required, `partial` can be had
          tmp: `full` is required, nothing can be had
            because: user namespaces are limited to 0 on this host (/proc/sys/user/max_user_namespaces)
            fix: sysctl -w user.max_user_namespaces=15000

        if it ran all the same, with `--best-effort`:
        exposures: 0.5 of 10.0, EXPOSED
          !0.3  writable-git-hooks  the git directory of the project can be written, and git runs what is in
                                    it: ~/src/.git/hooks; can be made: ~/src/.git/config
           0.2  host-network        the host's network can be used: what is read can be sent
                                    counts half: a reason
          0.5 = 0.3 + 0.2
          !: a way out by itself; with one, it is never better than EXPOSED
        what would close them
          -0.3  list `.git` for reading, or work on a copy
                writable-git-hooks
          -0.2  network: none
                host-network

        no plan: nothing would run""",
        report(Fakes.POOR, Optional.empty(), Style.PLAIN));
  }

  @Test
  void noLineIsWiderThanTheTerminal() {
    report(Fakes.POOR, Optional.empty(), Style.PLAIN)
        .lines()
        .forEach(line -> assertTrue(Wrap.columns(line) <= 100, line));
  }

  @Test
  void colourAddsNothingButColour() {
    String coloured = report(Fakes.POOR, Optional.empty(), Style.COLOUR);
    assertTrue(coloured.contains("\033["));
    assertEquals(
        report(Fakes.POOR, Optional.empty(), Style.PLAIN),
        coloured.replaceAll("\033\\[[0-9]+m", ""));
  }

  @Test
  void aBackendThatWasLeftOutIsNamed() {
    Backends backends = BackendSelection.LANDLOCK.of(Fakes.backends());
    Explanation explanation =
        new Explanation(
            Fakes.SANDBOX,
            Fakes.RICH,
            Fakes.decide(Fakes.RICH, backends),
            Optional.empty(),
            true,
            Optional.of(BackendSelection.LANDLOCK),
            Fakes.EXPOSURES);
    String text = new ExplainReport(explanation, screen.output).text();
    assertTrue(
        text.contains("    because: `--backend=landlock` leaves out the backend `namespaces`"),
        text);
  }

  @Test
  void howTheCommandIsStartedIsTold() {
    Startup startup =
        new Startup("other", OptionalInt.of(027), OptionalInt.of(5), "/srv", List.of(7, 9), false);
    String text = started(startup);
    assertTrue(
        text.contains(
            "\nstart  cwd: /srv, argv0: other, umask: 027, nice: 5, pass-fds: [7, 9]\n\n"),
        text);
    assertFalse(started(Startup.USUAL).contains("start  "));
  }

  private String started(Startup startup) {
    Explanation explanation =
        new Explanation(
            ProfileBuilder.profile().startup(startup).build(),
            Fakes.RICH,
            Fakes.decide(Fakes.RICH, Fakes.backends()),
            Optional.empty(),
            true,
            Optional.empty(),
            Fakes.EXPOSURES);
    return new ExplainReport(explanation, screen.output).text();
  }

  @Test
  void textOfAnotherHostCannotMoveTheCursor() {
    Host odd = new Host("6.8\033[2J\u009b1m", Fakes.USER, Fakes.RICH.facts());
    String text = report(odd, Optional.empty(), Style.PLAIN);
    assertFalse(text.contains("\033") || text.contains("\u009b"), text);
  }

  private String report(Host host, Optional<Plan> plan, Style style) {
    Explanation explanation =
        new Explanation(
            Fakes.SANDBOX,
            host,
            Fakes.decide(host, Fakes.backends()),
            plan,
            true,
            Optional.empty(),
            Fakes.EXPOSURES);
    return new ExplainReport(explanation, screen.output(style)).text();
  }

  private static Plan plan() {
    return Plan.inPhases(
        Stream.concat(
            Stream.of(EnvironmentActions.closeDescriptors(3), EnvironmentActions.hostname("hexe")),
            List.of(
                PlanNotes.note("files", "new-root full"),
                PlanNotes.depends("/etc/hexe-policy/profiles/sandbox.yaml", 0, 0, 0, 0, 0))
                .stream()));
  }
}
