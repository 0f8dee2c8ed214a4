package dev.hexe.policy.api.decision;

import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.profile.Guarantee;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One decision for each guarantee a profile asks for. */
public final class Decisions {
  private final Map<Guarantee, Decision> byGuarantee = new TreeMap<>();

  /** Collects decisions; the last one for a guarantee counts. */
  public Decisions(Collection<Decision> decisions) {
    decisions.forEach(decision -> byGuarantee.put(decision.guarantee(), decision));
  }

  /** The decision for a guarantee, or empty where the profile does not ask for it. */
  public Optional<Decision> of(Guarantee guarantee) {
    return Optional.ofNullable(byGuarantee.get(guarantee));
  }

  /** The decision for the guarantee with this id. */
  public Optional<Decision> withId(String id) {
    return all().stream().filter(decision -> decision.guarantee().id().equals(id)).findFirst();
  }

  /** Whether {@code mechanism} takes part in enforcing {@code guarantee}. */
  public boolean uses(Guarantee guarantee, String mechanism) {
    return of(guarantee).filter(decision -> decision.uses(mechanism)).isPresent();
  }

  /** Whether {@code mechanism} takes part in enforcing anything. */
  public boolean uses(String mechanism) {
    return byGuarantee.values().stream().anyMatch(decision -> decision.uses(mechanism));
  }

  /** Whether what enforces {@code guarantee} has an effect wherever it is chosen. */
  public boolean has(Guarantee guarantee, Effect effect) {
    return of(guarantee).filter(decision -> decision.has(effect)).isPresent();
  }

  /** Whether what enforces {@code guarantee} has an effect on a host with these facts. */
  public boolean has(Guarantee guarantee, Effect effect, HostFacts facts) {
    return of(guarantee).filter(decision -> decision.has(effect, facts)).isPresent();
  }

  /** Whether anything that is enforced has an effect wherever it is chosen. */
  public boolean has(Effect effect) {
    return byGuarantee.values().stream().anyMatch(decision -> decision.has(effect));
  }

  /** All of them, in the order of the guarantees. */
  public List<Decision> all() {
    return List.copyOf(byGuarantee.values());
  }

  /** Those that forbid running. */
  public List<Decision> refusals() {
    return all().stream().filter(Decision::refuses).toList();
  }
}
