package dev.hexe.policy.backend.cgroupv2;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.Findings;
import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.host.Probe;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.spi.Compilation;
import dev.hexe.policy.api.spi.Contribution;
import dev.hexe.policy.api.spi.IsolationBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Resource limits by a cgroup v2 directory of our own, made where the host delegated a part of the
 * tree to the caller, see {@code cgroups(7)}, "Delegation".
 */
public final class CgroupBackend implements IsolationBackend {
  private static final String MECHANISM = "cgroup";
  private static final GroupFacts NAMES = GroupFacts.DIRECTORY;
  private static final GroupMechanisms MECHANISMS =
      new GroupMechanisms(
          MECHANISM,
          NAMES,
          Mechanism.ORDINARY,
          "the limit on %s is a cgroup of our own, where one is delegated",
          (profile, facts) -> !GroupFacts.SCOPE.doesMoreThan(NAMES, profile, facts),
          MissingFeature.of("a scope of systemd has more of the limits that are asked for"));

  @Override
  public String id() {
    return "cgroupv2";
  }

  @Override
  public List<Probe> probes(Caller caller, HostReader reader) {
    return CgroupLayout.read(reader).candidates().stream()
        .flatMap(place -> new GroupProbes(place, NAMES, List.of()).all(place).stream())
        .toList();
  }

  @Override
  public List<Fact> facts(Findings findings) {
    CgroupLayout layout = CgroupLayout.read(findings.reader());
    Optional<String> parent = parent(layout, findings);
    CgroupAdvice advice = new CgroupAdvice(layout, findings);
    List<Fact> facts = new ArrayList<>();
    facts.add(fact(NAMES.any(), parent, findings, advice, advice.noDirectory()));
    for (Controller controller : Controller.values()) {
      facts.add(
          fact(
              NAMES.of(controller),
              parent,
              findings,
              advice,
              advice.noController(controller, parent)));
    }
    facts.add(
        fact(
            NAMES.ioWeight(),
            parent,
            findings,
            advice,
            advice.noController(Controller.IO, parent)));
    return facts;
  }

  private static Fact fact(
      String name,
      Optional<String> parent,
      Findings findings,
      CgroupAdvice advice,
      MissingFeature lack) {
    return parent
        .filter(place -> works(findings, place, name))
        .map(place -> Fact.present(name, 0, place))
        .orElseGet(() -> Fact.missing(name, advice.evidence(name, parent), lack));
  }

  /** The candidate in which most controllers work, the nearest of equals. */
  private static Optional<String> parent(CgroupLayout layout, Findings findings) {
    Optional<String> best = Optional.empty();
    long most = -1;
    for (String candidate : layout.candidates()) {
      long count =
          Arrays.stream(Controller.values())
              .filter(controller -> works(findings, candidate, NAMES.of(controller)))
              .count();
      if (works(findings, candidate, NAMES.any()) && count > most) {
        best = Optional.of(candidate);
        most = count;
      }
    }
    return best;
  }

  private static boolean works(Findings findings, String place, String fact) {
    return findings.of(GroupProbes.at(place, fact)).succeeded();
  }

  @Override
  public List<Mechanism> mechanisms() {
    return MECHANISMS.all();
  }

  /**
   * Where the view of control groups is to be the sandbox's own, it is one of the sandbox's own
   * control group, even without limits.
   */
  @Override
  public Contribution compile(Compilation compilation) {
    boolean ownView =
        compilation.facts().has(NAMES.any())
            && !compilation.decisions().uses(ScopeBackend.MECHANISM)
            && compilation
                .decisions()
                .of(Guarantee.CGROUPS)
                .filter(Decision::satisfied)
                .isPresent();
    if (!ownView && !compilation.decisions().uses(MECHANISM)) {
      return Contribution.NONE;
    }
    return Contribution.of(
        new GroupPlan(MECHANISM, compilation.decisions(), compilation.profile().limits())
            .below(compilation.facts().get(NAMES.any()).evidence()));
  }
}
