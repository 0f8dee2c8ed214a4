package dev.hexe.policy.engine;

import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.Findings;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.JointProbe;
import dev.hexe.policy.api.host.Outcome;
import dev.hexe.policy.api.host.Probe;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.spi.IsolationBackend;
import dev.hexe.policy.engine.rules.PolicyException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds out what the host offers. Every backend's probes are tried in one go, several of them by
 * one plan where the backend has such plans; what these leave open is tried in a second go.
 */
public final class HostProber {
  private final Backends backends;
  private final ProbeRunner runner;
  private final HostReader reader;

  /** A prober of these backends. */
  public HostProber(Backends backends, ProbeRunner runner, HostReader reader) {
    this.backends = backends;
    this.runner = runner;
    this.reader = reader;
  }

  /** The facts, for this caller. */
  public HostFacts probe(Caller caller) {
    List<Probe> probes = new ArrayList<>();
    List<JointProbe> joint = new ArrayList<>();
    for (IsolationBackend backend : backends.all()) {
      List<Probe> own = Backends.ask(backend, asked -> asked.probes(caller, reader));
      List<JointProbe> several = Backends.ask(backend, asked -> asked.jointProbes(caller, reader));
      requireOwnFacts(backend, own, several);
      probes.addAll(own);
      joint.addAll(several);
    }
    Findings findings = new Findings(outcomes(probes, joint), reader);
    List<Fact> facts = new ArrayList<>();
    for (IsolationBackend backend : backends.all()) {
      facts.addAll(Backends.ask(backend, asked -> asked.facts(findings)));
    }
    return new HostFacts(facts);
  }

  /** A fact that no probe of the backend establishes would be taken for tried. */
  private static void requireOwnFacts(
      IsolationBackend backend, List<Probe> own, List<JointProbe> several) {
    Set<String> known = own.stream().map(Probe::fact).collect(Collectors.toSet());
    for (JointProbe probe : several) {
      if (!known.containsAll(probe.facts())) {
        throw new PolicyException(
            "the backend `" + backend.id() + "` tries several facts at once, and not each alone");
      }
    }
  }

  private Map<String, Outcome> outcomes(List<Probe> probes, List<JointProbe> joint) {
    requireOneForEachFact(probes);
    Set<String> joined =
        joint.stream().flatMap(probe -> probe.facts().stream()).collect(Collectors.toSet());
    List<Probe> alone = probes.stream().filter(probe -> !joined.contains(probe.fact())).toList();
    List<Plan> plans = new ArrayList<>();
    joint.forEach(probe -> plans.add(new Plan(probe.actions())));
    plans.addAll(plans(alone));
    List<Outcome> results = run(plans);
    Map<String, Outcome> outcomes = new HashMap<>();
    for (int i = 0; i < joint.size(); i++) {
      outcomes.putAll(answered(joint.get(i), results.get(i)));
    }
    outcomes.putAll(byFact(alone, results.subList(joint.size(), results.size())));
    List<Probe> open = probes.stream().filter(it -> !outcomes.containsKey(it.fact())).toList();
    outcomes.putAll(byFact(open, open.isEmpty() ? List.of() : run(plans(open))));
    return outcomes;
  }

  private static Map<String, Outcome> answered(JointProbe probe, Outcome result) {
    Map<String, Outcome> outcomes = new HashMap<>();
    int answers = Math.min(probe.facts().size(), result.parts().size());
    for (int i = 0; i < answers; i++) {
      outcomes.put(probe.facts().get(i), Outcome.success(result.parts().get(i)));
    }
    return outcomes;
  }

  private static Map<String, Outcome> byFact(List<Probe> probes, List<Outcome> results) {
    Map<String, Outcome> outcomes = new HashMap<>();
    for (int i = 0; i < probes.size(); i++) {
      outcomes.put(probes.get(i).fact(), results.get(i));
    }
    return outcomes;
  }

  private static List<Plan> plans(List<Probe> probes) {
    return probes.stream().map(probe -> new Plan(probe.actions())).toList();
  }

  private List<Outcome> run(List<Plan> plans) {
    List<Outcome> results = runner.run(plans);
    if (results.size() != plans.size()) {
      throw new PolicyException(
          "the launcher answered %d of %d probes".formatted(results.size(), plans.size()));
    }
    return results;
  }

  private static void requireOneForEachFact(List<Probe> probes) {
    Set<String> facts = new HashSet<>();
    for (Probe probe : probes) {
      if (!facts.add(probe.fact())) {
        throw new PolicyException("two probes establish `" + probe.fact() + "`");
      }
    }
  }
}
