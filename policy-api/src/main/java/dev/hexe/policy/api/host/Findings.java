package dev.hexe.policy.api.host;

import java.util.Map;
import java.util.Optional;

/**
 * The results of the probes of a backend.
 *
 * @param outcomes by the name of the fact
 * @param reader for explanations
 */
public record Findings(Map<String, Outcome> outcomes, HostReader reader) {
  /** Copies the outcomes. */
  public Findings {
    outcomes = Map.copyOf(outcomes);
  }

  /** The outcome of the probe for {@code fact}. */
  public Outcome of(String fact) {
    return Optional.ofNullable(outcomes.get(fact))
        .orElseGet(() -> Outcome.failure("probe", "not run"));
  }

  /** The fact that the probe of this name establishes, with {@code lack} where it failed. */
  public Fact fact(String name, MissingFeature lack) {
    Outcome outcome = of(name);
    return outcome.succeeded()
        ? Fact.present(name, outcome.value(), outcome.evidence())
        : Fact.missing(name, outcome.evidence(), lack);
  }
}
