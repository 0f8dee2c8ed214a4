package dev.hexe.policy.backend.seccomp;

import static dev.hexe.policy.api.profile.Strength.FULL;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Effect;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.Findings;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.host.Probe;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.EnvironmentActions;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Terminal;
import dev.hexe.policy.api.spi.Compilation;
import dev.hexe.policy.api.spi.Contribution;
import dev.hexe.policy.api.spi.IsolationBackend;
import java.util.ArrayList;
import java.util.List;

/**
 * Mechanisms that keep the caller's terminal apart: a pty, see {@code pty(7)}, or at least a
 * session.
 */
public final class TerminalBackend implements IsolationBackend {
  private static final String OWN_PTY = "own-pty";
  private static final String NEW_SESSION = "new-session";
  private static final int AFTER_FILTERS = 200;
  private static final String PTY = "terminal.pty";

  private static final String OWN_TERMINALS = "mount.devpts";
  private static final String OWN_MULTIPLEXER = "/dev/pts/ptmx";
  private static final String MULTIPLEXER_OUTSIDE = "";

  @Override
  public String id() {
    return "terminal";
  }

  @Override
  public List<Probe> probes(Caller caller, HostReader reader) {
    return List.of(Probe.trying(PTY, EnvironmentActions.terminal(MULTIPLEXER_OUTSIDE)));
  }

  @Override
  public List<Fact> facts(Findings findings) {
    return List.of(
        findings.fact(
            PTY,
            new MissingFeature(
                "no terminal can be made with /dev/ptmx (" + findings.of(PTY).errno() + ")",
                "mount a devpts on /dev/pts, with /dev/ptmx for everybody")));
  }

  @Override
  public List<Mechanism> mechanisms() {
    return List.of(
        Mechanism.named(OWN_PTY, Guarantee.TERMINAL, FULL)
            .suiting(TerminalBackend::mayHaveItsOwn)
            .needs(
                TerminalBackend::canHaveItsOwn,
                new MissingFeature(
                    "no terminal can be made with /dev/ptmx",
                    "mount a devpts on /dev/pts, with /dev/ptmx for everybody"))
            .rule("a terminal is safe from a command that runs on a pty of its own")
            .build(),
        Mechanism.named(NEW_SESSION, Guarantee.TERMINAL, FULL)
            .rank(AFTER_FILTERS)
            .rule(
                "a terminal is safe from a new session, which has no job control, where nothing can be filtered")
            .build());
  }

  /** It takes a supervisor to relay, which a command that keeps its place does not have. */
  private static boolean mayHaveItsOwn(Profile profile) {
    return profile.separation().terminal() == Terminal.SAFE && !profile.separation().inPlace();
  }

  private static boolean canHaveItsOwn(Profile profile, HostFacts facts) {
    return facts.has(PTY) || (profile.files().minimalDevices() && facts.has(OWN_TERMINALS));
  }

  @Override
  public Contribution compile(Compilation compilation) {
    Decisions decisions = compilation.decisions();
    List<Action> actions = new ArrayList<>();
    if (decisions.uses(OWN_PTY)) {
      actions.add(
          EnvironmentActions.terminal(
              decisions.has(Effect.OWN_TERMINALS) ? OWN_MULTIPLEXER : MULTIPLEXER_OUTSIDE));
    }
    if (decisions.uses(NEW_SESSION)) {
      actions.add(EnvironmentActions.newSession());
    }
    return Contribution.of(actions);
  }
}
