package dev.hexe.policy.api.rule;

import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Limits.CpuQuota;
import dev.hexe.policy.api.profile.Strength;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** An act of a rule where its condition holds. */
public sealed interface RuleEffect {
  /** The effect in a few words. */
  String text();

  /** Whether a guarantee is required because of it. */
  default boolean requires(Guarantee guarantee) {
    return false;
  }

  /**
   * Nothing runs.
   *
   * @param why what the user is told; may be empty
   */
  record Forbid(String why) implements RuleEffect {
    @Override
    public String text() {
      return why.isEmpty() ? "forbid" : "forbid: " + why;
    }
  }

  /**
   * The user is warned at each run.
   *
   * @param what the warning
   */
  record Warn(String what) implements RuleEffect {
    @Override
    public String text() {
      return "warn: " + what;
    }
  }

  /**
   * The profile has to ask for a guarantee, and the host has to enforce it.
   *
   * @param atLeast how strongly
   */
  record Require(Guarantee guarantee, Strength atLeast) implements RuleEffect {
    @Override
    public String text() {
      return "require: " + guarantee.id() + (atLeast == Strength.FULL ? "" : " in part");
    }

    @Override
    public boolean requires(Guarantee other) {
      return guarantee.equals(other);
    }
  }

  /**
   * A mechanism is taken where it can be had, in the place of stronger ones.
   *
   * @param guarantee for what
   * @param mechanism its id
   */
  record Choose(Guarantee guarantee, String mechanism) implements RuleEffect {
    @Override
    public String text() {
      return "choose: " + mechanism + " for " + guarantee.id();
    }
  }

  /**
   * Limits are at most these, and required.
   *
   * @param memory bytes
   * @param share per cent of the host's memory
   * @param pids processes and threads
   * @param cpu processor time
   * @param time milliseconds
   * @param written as it was written
   */
  record Cap(
      OptionalLong memory,
      OptionalInt share,
      OptionalLong pids,
      Optional<CpuQuota> cpu,
      OptionalLong time,
      String written)
      implements RuleEffect {
    @Override
    public String text() {
      return "cap: " + written;
    }

    @Override
    public boolean requires(Guarantee other) {
      return (other.equals(Guarantee.MEMORY) && (memory.isPresent() || share.isPresent()))
          || (other.equals(Guarantee.PIDS) && pids.isPresent())
          || (other.equals(Guarantee.CPU) && cpu.isPresent())
          || (other.equals(Guarantee.TIME) && time.isPresent());
    }
  }
}
