package dev.hexe.policy.backend.seccomp;

import static dev.hexe.policy.api.profile.Strength.FULL;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.Findings;
import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.host.Probe;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.RestrictionActions;
import dev.hexe.policy.api.profile.Capability;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Privileges;
import dev.hexe.policy.api.spi.Compilation;
import dev.hexe.policy.api.spi.Contribution;
import dev.hexe.policy.api.spi.IsolationBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The privilege set: {@code no_new_privs}, see {@code prctl(2)}, and {@code capabilities(7)}. */
public final class PrivilegesBackend implements IsolationBackend {
  private static final String NO_NEW_PRIVS = "no-new-privs";
  private static final String CAPABILITY_SETS = "capability-sets";
  private static final String FACT = "privileges.no-new-privs";

  @Override
  public String id() {
    return "privileges";
  }

  @Override
  public List<Probe> probes(Caller caller, HostReader reader) {
    return List.of(Probe.trying(FACT, RestrictionActions.noNewPrivileges()));
  }

  @Override
  public List<Fact> facts(Findings findings) {
    return List.of(
        findings.fact(
            FACT, new MissingFeature("the kernel has no no_new_privs", "use Linux 3.5 or later")));
  }

  @Override
  public List<Mechanism> mechanisms() {
    return List.of(
        Mechanism.named(NO_NEW_PRIVS, Guarantee.PRIVILEGE_GAIN, FULL)
            .needs(FACT)
            .rule("no privilege is gained under no_new_privs")
            .build(),
        Mechanism.named(CAPABILITY_SETS, Guarantee.CAPABILITIES, FULL)
            .needs(FACT)
            .needs(
                (profile, facts) -> profile.privileges().noGain(),
                MissingFeature.of(
                    "without no_new_privs a setuid program could gain capabilities again"))
            .rule(
                "no capability is held once every capability set is empty, but for those that are listed")
            .build());
  }

  @Override
  public Contribution compile(Compilation compilation) {
    Decisions decisions = compilation.decisions();
    List<Action> actions = new ArrayList<>();
    if (decisions.uses(CAPABILITY_SETS)) {
      actions.add(
          RestrictionActions.dropCapabilities(
              kept(compilation.profile().privileges()), leavesBounding(compilation)));
    }
    Set<Capability> given = compilation.profile().privileges().capabilities();
    if (!given.isEmpty()) {
      actions.add(RestrictionActions.keepCapabilities(Capability.mask(given)));
    }
    if (decisions.uses(NO_NEW_PRIVS)) {
      actions.add(RestrictionActions.noNewPrivileges());
    }
    return Contribution.of(actions);
  }

  private static long kept(Privileges privileges) {
    return privileges.noCapabilities()
        ? Capability.mask(privileges.capabilities())
        : ~Capability.mask(privileges.takenCapabilities());
  }

  /**
   * The bounding set can be changed with {@code CAP_SETPCAP}. Who lacks it gets it inside a user
   * namespace, if the plan enters one; where not, nothing can be gained from the set under
   * no_new_privs.
   */
  private static boolean leavesBounding(Compilation compilation) {
    return !compilation.caller().maySetBoundingSet();
  }
}
