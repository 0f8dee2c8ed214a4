package dev.hexe.policy.api.spi;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.CloneFlag;
import java.util.List;
import java.util.Set;

/**
 * A backend's part of a plan.
 *
 * @param namespaces the namespaces it needs; the engine enters those of all backends at once
 * @param actions what is to be done; the engine sorts them by phase
 */
public record Contribution(Set<CloneFlag> namespaces, List<Action> actions) {
  /** Nothing. */
  public static final Contribution NONE = new Contribution(Set.of(), List.of());

  /** Copies the collections. */
  public Contribution {
    namespaces = Set.copyOf(namespaces);
    actions = List.copyOf(actions);
  }

  /** Actions without namespaces. */
  public static Contribution of(List<Action> actions) {
    return new Contribution(Set.of(), actions);
  }
}
