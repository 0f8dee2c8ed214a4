package dev.hexe.policy.api.host;

import dev.hexe.policy.api.plan.Action;
import java.util.List;

/**
 * One question to the host, answered by trying a tiny plan.
 *
 * @param fact the name of the fact it establishes
 * @param actions what to try, in order; the fact is available when all of them succeed
 */
public record Probe(String fact, List<Action> actions) {
  /** Copies the actions. */
  public Probe {
    actions = List.copyOf(actions);
  }

  /** A probe of these actions. */
  public static Probe trying(String fact, Action... actions) {
    return new Probe(fact, List.of(actions));
  }
}
