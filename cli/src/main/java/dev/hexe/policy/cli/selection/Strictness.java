package dev.hexe.policy.cli.selection;

import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.Profile;

/** Makes what a profile prefers required after all, or the other way round. */
public enum Strictness {
  AS_WRITTEN,
  STRICT,
  BEST_EFFORT;

  /** The profile with its demands changed. */
  Profile on(Profile profile) {
    return switch (this) {
      case AS_WRITTEN -> profile;
      case STRICT -> profile.withDemands(Demand::strict);
      case BEST_EFFORT -> profile.withDemands(Demand::bestEffort);
    };
  }
}
