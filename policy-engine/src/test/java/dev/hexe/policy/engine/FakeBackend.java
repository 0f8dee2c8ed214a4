package dev.hexe.policy.engine;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.Findings;
import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.JointProbe;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.host.Probe;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.spi.Compilation;
import dev.hexe.policy.api.spi.Contribution;
import dev.hexe.policy.api.spi.IsolationBackend;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A backend that a test describes. */
class FakeBackend implements IsolationBackend {
  private final String id;
  private List<Mechanism> mechanisms = List.of();
  private List<Probe> probes = List.of();
  private List<JointProbe> joint = List.of();
  private List<PathGrant> grants = List.of();
  private Function<Compilation, Contribution> compiler = compilation -> Contribution.NONE;

  FakeBackend(String id) {
    this.id = id;
  }

  FakeBackend offering(Mechanism... offered) {
    mechanisms = List.of(offered);
    return this;
  }

  FakeBackend probing(String fact, Action... actions) {
    probes = Stream.concat(probes.stream(), Stream.of(Probe.trying(fact, actions))).toList();
    return this;
  }

  FakeBackend joining(JointProbe probe) {
    joint = List.of(probe);
    return this;
  }

  FakeBackend granting(PathGrant... granted) {
    grants = List.of(granted);
    return this;
  }

  FakeBackend compiling(Function<Compilation, Contribution> how) {
    compiler = how;
    return this;
  }

  FakeBackend compiling(Action... actions) {
    return compiling(compilation -> Contribution.of(List.of(actions)));
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public List<Probe> probes(Caller caller, HostReader reader) {
    return probes;
  }

  @Override
  public List<JointProbe> jointProbes(Caller caller, HostReader reader) {
    return joint;
  }

  @Override
  public List<Fact> facts(Findings findings) {
    return probes.stream()
        .map(probe -> findings.fact(probe.fact(), MissingFeature.of("failed")))
        .toList();
  }

  @Override
  public List<Mechanism> mechanisms() {
    return mechanisms;
  }

  @Override
  public List<PathGrant> grants(Profile profile, Decisions decisions) {
    return grants;
  }

  @Override
  public Contribution compile(Compilation compilation) {
    return compiler.apply(compilation);
  }
}
