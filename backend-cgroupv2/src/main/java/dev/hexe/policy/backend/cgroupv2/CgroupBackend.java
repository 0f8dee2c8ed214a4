package dev.hexe.policy.backend.cgroupv2;

import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.Findings;
import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.Lack;
import dev.hexe.policy.api.host.Probe;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.CloneFlag;
import dev.hexe.policy.api.plan.Processes;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.api.spi.Compilation;
import dev.hexe.policy.api.spi.Contribution;
import dev.hexe.policy.api.spi.IsolationBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Resource limits by a cgroup v2 directory of our own, made where the host delegated a part of the
 * tree to the caller, see {@code cgroups(7)}, "Delegation".
 */
public final class CgroupBackend implements IsolationBackend {
  static final String DIRECTORY = "cgroup.directory";
  private static final String MECHANISM = "cgroup";
  private static final String PREFIX = "hexe-";

  @Override
  public String id() {
    return "cgroupv2";
  }

  @Override
  public List<Probe> probes(Caller caller, HostReader reader) {
    List<Probe> probes = new ArrayList<>();
    for (String candidate : CgroupLayout.read(reader).candidates()) {
      probes.add(trying(candidate, DIRECTORY));
      for (Controller controller : Controller.values()) {
        probes.add(trying(candidate, controller.fact(), controller.harmlessWrite()));
      }
    }
    return probes;
  }

  /** Makes a cgroup, does something to it and starts a process inside. */
  private static Probe trying(String candidate, String fact, Action... then) {
    List<Action> actions = new ArrayList<>();
    actions.add(Processes.cgroupCreate(candidate, PREFIX));
    actions.addAll(Arrays.asList(then));
    actions.add(Processes.spawn(Set.<CloneFlag>of(), true));
    return new Probe(at(candidate, fact), actions);
  }

  private static String at(String candidate, String fact) {
    return fact + "@" + candidate;
  }

  @Override
  public List<Fact> facts(Findings findings) {
    CgroupLayout layout = CgroupLayout.read(findings.reader());
    Optional<String> parent = parent(layout, findings);
    CgroupAdvice advice = new CgroupAdvice(layout, findings);
    List<Fact> facts = new ArrayList<>();
    facts.add(
        parent
            .map(path -> Fact.present(DIRECTORY, 0, path))
            .orElseGet(
                () -> Fact.missing(DIRECTORY, advice.evidence(DIRECTORY), advice.noDirectory())));
    for (Controller controller : Controller.values()) {
      facts.add(fact(controller, parent, findings, advice));
    }
    return facts;
  }

  private static Fact fact(
      Controller controller, Optional<String> parent, Findings findings, CgroupAdvice advice) {
    String name = controller.fact();
    if (parent.isPresent() && works(findings, parent.get(), name)) {
      return Fact.present(name, 0, parent.get());
    }
    Lack lack =
        parent.isPresent() ? advice.noController(controller, parent.get()) : advice.noDirectory();
    return Fact.missing(name, advice.evidence(name), lack);
  }

  /** The candidate in which most controllers work, the nearest of equals. */
  private static Optional<String> parent(CgroupLayout layout, Findings findings) {
    Optional<String> best = Optional.empty();
    long most = -1;
    for (String candidate : layout.candidates()) {
      long count =
          Arrays.stream(Controller.values())
              .filter(controller -> works(findings, candidate, controller.fact()))
              .count();
      if (works(findings, candidate, DIRECTORY) && count > most) {
        best = Optional.of(candidate);
        most = count;
      }
    }
    return best;
  }

  private static boolean works(Findings findings, String candidate, String fact) {
    return findings.of(at(candidate, fact)).succeeded();
  }

  @Override
  public List<Mechanism> mechanisms() {
    return Arrays.stream(Controller.values())
        .map(
            controller ->
                Mechanism.named(MECHANISM, controller.guarantee(), Strength.FULL)
                    .needs(controller.fact())
                    .rule(
                        "the limit on %s is a cgroup of our own, where one is delegated"
                            .formatted(controller.label()))
                    .build())
        .toList();
  }

  @Override
  public Contribution compile(Compilation compilation) {
    if (!compilation.decisions().uses(MECHANISM)) {
      return Contribution.NONE;
    }
    List<Action> actions = new ArrayList<>();
    actions.add(Processes.cgroupCreate(compilation.facts().get(DIRECTORY).evidence(), PREFIX));
    for (Controller controller : Controller.values()) {
      if (compilation.decisions().uses(controller.guarantee(), MECHANISM)) {
        actions.addAll(controller.writes(compilation.profile().limits()));
      }
    }
    return Contribution.of(actions);
  }
}
