package dev.hexe.policy.backend.cgroupv2;

import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.Findings;
import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.host.Outcome;
import dev.hexe.policy.api.host.Probe;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.ControlGroups;
import dev.hexe.policy.api.spi.Compilation;
import dev.hexe.policy.api.spi.Contribution;
import dev.hexe.policy.api.spi.IsolationBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Resource limits by a transient scope that a systemd manager starts around the launcher, with a
 * control group delegated to it, see {@code systemd.scope(5)} and {@code
 * https://systemd.io/CGROUP_DELEGATION}.
 */
public final class ScopeBackend implements IsolationBackend {
  static final String MECHANISM = "systemd-scope";
  private static final int AFTER_DIRECTORY = Mechanism.ORDINARY + 10;
  private static final GroupFacts NAMES = GroupFacts.SCOPE;
  private static final GroupMechanisms MECHANISMS =
      new GroupMechanisms(
          MECHANISM,
          NAMES,
          AFTER_DIRECTORY,
          "the limit on %s is a cgroup in a transient scope, where systemd gives one",
          (profile, facts) -> NAMES.doesMoreThan(GroupFacts.DIRECTORY, profile, facts),
          MissingFeature.of("the delegated cgroup has what is asked for"));

  @Override
  public String id() {
    return "systemd";
  }

  @Override
  public List<Probe> probes(Caller caller, HostReader reader) {
    CgroupLayout layout = CgroupLayout.read(reader);
    return layout.hasScopes()
        ? new GroupProbes(ControlGroups.SCOPE, NAMES, List.of(start(caller, layout.mount())))
            .all(MECHANISM)
        : List.of();
  }

  /** The manager of the user, or of the system for root. */
  private static Action start(Caller caller, String mount) {
    String directory = caller.uid() == 0 ? "/run" : "/run/user/" + caller.uid();
    return ControlGroups.startScope(directory + "/systemd/private", mount, GroupPlan.PREFIX);
  }

  @Override
  public List<Fact> facts(Findings findings) {
    CgroupLayout layout = CgroupLayout.read(findings.reader());
    List<Fact> facts = new ArrayList<>();
    names()
        .forEach(
            name -> {
              Outcome outcome = findings.of(GroupProbes.at(MECHANISM, name));
              facts.add(
                  outcome.succeeded()
                      ? Fact.present(name, 0, layout.mount())
                      : Fact.missing(name, outcome.evidence(), lack(layout, outcome, name)));
            });
    return facts;
  }

  private static Stream<String> names() {
    return Stream.concat(
        Stream.of(NAMES.any(), NAMES.ioWeight()),
        Arrays.stream(Controller.values()).map(NAMES::of));
  }

  private static MissingFeature lack(CgroupLayout layout, Outcome outcome, String name) {
    if (!layout.hasScopes()) {
      return MissingFeature.of(
          layout.systemd()
              ? "systemd does not manage cgroup v2 alone here"
              : "systemd does not run here");
    }
    if (outcome.step().equals("scope-create")) {
      return new MissingFeature(
          "no systemd manager gives this user a scope",
          "start a user manager: `loginctl enable-linger USER`, or log in through PAM");
    }
    return new MissingFeature(
        "systemd delegates no `%s` to this user".formatted(name.substring(name.indexOf('.') + 1)),
        CgroupAdvice.DELEGATE);
  }

  @Override
  public List<Mechanism> mechanisms() {
    return MECHANISMS.all();
  }

  @Override
  public Contribution compile(Compilation compilation) {
    if (!compilation.decisions().uses(MECHANISM)) {
      return Contribution.NONE;
    }
    List<Action> actions = new ArrayList<>();
    actions.add(start(compilation.caller(), compilation.facts().get(NAMES.any()).evidence()));
    actions.addAll(
        new GroupPlan(MECHANISM, compilation.decisions(), compilation.profile().limits())
            .below(ControlGroups.SCOPE));
    return Contribution.of(actions);
  }
}
