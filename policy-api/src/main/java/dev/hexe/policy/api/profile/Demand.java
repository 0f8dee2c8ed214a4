package dev.hexe.policy.api.profile;

/**
 * The firmness with which a profile insists on a guarantee.
 *
 * @param required refuse to run when {@code atLeast} cannot be reached; otherwise warn and go on
 * @param atLeast the weakest enforcement that is accepted in silence
 */
public record Demand(boolean required, Strength atLeast) {
  /** Full enforcement or refusal. */
  public static final Demand REQUIRED = new Demand(true, Strength.FULL);

  /** Full enforcement or a warning. */
  public static final Demand PREFERRED = new Demand(false, Strength.FULL);

  /** The same demand, refused instead of degraded. */
  public Demand strict() {
    return new Demand(true, atLeast);
  }

  /** The same demand, degraded instead of refused. */
  public Demand bestEffort() {
    return new Demand(false, atLeast);
  }
}
