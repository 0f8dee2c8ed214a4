package dev.hexe.policy.engine;

import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.Findings;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.Outcome;
import dev.hexe.policy.api.host.Probe;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.spi.IsolationBackend;
import dev.hexe.policy.engine.rules.PolicyException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds out what the host offers: every backend's probes are tried in one go. */
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
    List<Probe> probes =
        backends.all().stream()
            .map(backend -> Backends.ask(backend, asked -> asked.probes(caller, reader)))
            .flatMap(List::stream)
            .toList();
    Findings findings = new Findings(outcomes(probes), reader);
    List<Fact> facts = new ArrayList<>();
    for (IsolationBackend backend : backends.all()) {
      facts.addAll(Backends.ask(backend, asked -> asked.facts(findings)));
    }
    return new HostFacts(facts);
  }

  private Map<String, Outcome> outcomes(List<Probe> probes) {
    List<Plan> plans = probes.stream().map(probe -> new Plan(probe.actions())).toList();
    List<Outcome> results = runner.run(plans);
    if (results.size() != probes.size()) {
      throw new PolicyException(
          "the launcher answered %d of %d probes".formatted(results.size(), probes.size()));
    }
    Map<String, Outcome> outcomes = new HashMap<>();
    for (int i = 0; i < results.size(); i++) {
      if (outcomes.put(probes.get(i).fact(), results.get(i)) != null) {
        throw new PolicyException("two probes establish `" + probes.get(i).fact() + "`");
      }
    }
    return outcomes;
  }
}
