package dev.hexe.policy.api.decision;

import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Strength;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One way to enforce one guarantee, and the rule that says when it is chosen. A mechanism whose
 * strength depends on the host is several mechanisms, one for each strength.
 */
public final class Mechanism {
  /**
   * Where nothing else is said, mechanisms of equal strength are tried in the order of their names.
   */
  public static final int ORDINARY = 100;

  private static final HostFacts NO_FACTS = new HostFacts(List.of());

  private final String id;
  private final Guarantee guarantee;
  private final Strength strength;
  private final String rule;
  private final String caveat;
  private final int rank;
  private final boolean reinforces;
  private final Predicate<Profile> suits;
  private final List<Need> needs;
  private final Optional<Set<String>> leftOpen;
  private final Map<Effect, Predicate<HostFacts>> effects;

  private Mechanism(Builder builder) {
    id = builder.id;
    guarantee = builder.guarantee;
    strength = builder.strength;
    rule = builder.rule;
    caveat = builder.caveat;
    rank = builder.rank;
    reinforces = builder.reinforces;
    suits = builder.suits;
    needs = List.copyOf(builder.needs);
    leftOpen = Optional.ofNullable(builder.leftOpen);
    effects = Map.copyOf(builder.effects);
  }

  private record Need(BiPredicate<Profile, HostFacts> holds, LackOf lack) {}

  private interface LackOf {
    MissingFeature in(HostFacts facts);
  }

  /** Starts a mechanism that enforces {@code guarantee} with {@code strength}. */
  public static Builder named(String id, Guarantee guarantee, Strength strength) {
    return new Builder(id, guarantee, strength);
  }

  /** A short name for output, unique together with the guarantee and the strength. */
  public String id() {
    return id;
  }

  public Guarantee guarantee() {
    return guarantee;
  }

  public Strength strength() {
    return strength;
  }

  /** The rule as a sentence; unique among all mechanisms. */
  public String rule() {
    return rule;
  }

  /** What a strength below {@link Strength#FULL} leaves out; empty for full strength. */
  public String caveat() {
    return caveat;
  }

  /**
   * The acts of {@code verify} that its caveat speaks of; empty where it does not say, and leaves
   * open whatever it does not forbid.
   */
  public Optional<Set<String>> leftOpen() {
    return leftOpen;
  }

  /** Whether it has an effect on a host with these facts. */
  public boolean has(Effect effect, HostFacts facts) {
    return effects.getOrDefault(effect, any -> false).test(facts);
  }

  /** Whether it has an effect wherever it is chosen. */
  public boolean has(Effect effect) {
    return has(effect, NO_FACTS);
  }

  /** Preference among mechanisms of equal strength, lower first. */
  public int rank() {
    return rank;
  }

  /** Whether it is also applied underneath a mechanism that was chosen before it. */
  public boolean reinforces() {
    return reinforces;
  }

  /** Whether the rule speaks of a profile like this at all. */
  public boolean suits(Profile profile) {
    return profile.asksFor(guarantee) && suits.test(profile);
  }

  /** The first thing this host lacks for it, or empty where it can be had. */
  public Optional<MissingFeature> lack(Profile profile, HostFacts facts) {
    return needs.stream()
        .filter(need -> !need.holds().test(profile, facts))
        .findFirst()
        .map(need -> need.lack().in(facts));
  }

  /** Builds a mechanism. */
  public static final class Builder {
    private final String id;
    private final Guarantee guarantee;
    private final Strength strength;
    private final List<Need> needs = new ArrayList<>();
    private String rule = "";
    private String caveat = "";
    private int rank = ORDINARY;
    private boolean reinforces;
    private final Map<Effect, Predicate<HostFacts>> effects = new EnumMap<>(Effect.class);
    private @Nullable Set<String> leftOpen;
    private Predicate<Profile> suits = profile -> true;

    private Builder(String id, Guarantee guarantee, Strength strength) {
      this.id = id;
      this.guarantee = guarantee;
      this.strength = strength;
    }

    /** The sentence that {@code explain} prints. */
    public Builder rule(String sentence) {
      rule = sentence;
      return this;
    }

    /** What is left out; required below full strength. */
    public Builder caveat(String text) {
      caveat = text;
      return this;
    }

    /** The acts of {@code verify} that the caveat speaks of; all others have to be as promised. */
    public Builder leavesOpen(String... acts) {
      leftOpen = Set.of(acts);
      return this;
    }

    /** What it does beside its guarantee, wherever it is chosen. */
    public Builder effects(Effect... known) {
      for (Effect effect : known) {
        effects.put(effect, facts -> true);
      }
      return this;
    }

    /** What it does where the number of a fact is at least {@code minimum}. */
    public Builder effectFrom(Effect effect, String fact, long minimum) {
      effects.put(effect, facts -> facts.value(fact) >= minimum);
      return this;
    }

    public Builder rank(int value) {
      rank = value;
      return this;
    }

    /** See {@link Mechanism#reinforces()}. */
    public Builder reinforcing() {
      reinforces = true;
      return this;
    }

    /** Restricts the rule to some profiles. */
    public Builder suiting(Predicate<Profile> condition) {
      suits = condition;
      return this;
    }

    /** Needs these facts to be available. */
    public Builder needs(String... names) {
      for (String name : names) {
        needs.add(new Need((profile, facts) -> facts.has(name), facts -> facts.get(name).lack()));
      }
      return this;
    }

    /** Needs this fact to be available for profiles like these. */
    public Builder needsFor(Predicate<Profile> profiles, String name) {
      needs.add(
          new Need(
              (profile, facts) -> !profiles.test(profile) || facts.has(name),
              facts -> facts.get(name).lack()));
      return this;
    }

    /** Needs the number of a fact to be at least {@code minimum}. */
    public Builder needsAtLeast(String name, long minimum, MissingFeature otherwise) {
      needs.add(new Need((profile, facts) -> facts.value(name) >= minimum, facts -> otherwise));
      return this;
    }

    /** Needs a condition of its own. */
    public Builder needs(BiPredicate<Profile, HostFacts> condition, MissingFeature otherwise) {
      needs.add(new Need(condition, facts -> otherwise));
      return this;
    }

    /**
     * The finished mechanism.
     *
     * @throws IllegalStateException where the rule, or the caveat below full strength, is missing
     */
    public Mechanism build() {
      if (rule.isEmpty()) {
        throw new IllegalStateException("mechanism `" + id + "` has no rule");
      }
      if (strength != Strength.FULL && caveat.isEmpty()) {
        throw new IllegalStateException("mechanism `" + id + "` does not say what it leaves out");
      }
      return new Mechanism(this);
    }
  }
}
