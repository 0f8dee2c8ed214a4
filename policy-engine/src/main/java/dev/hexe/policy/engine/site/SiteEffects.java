package dev.hexe.policy.engine.site;

import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Limits;
import dev.hexe.policy.api.profile.Limits.CpuQuota;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.rule.RuleEffect;
import dev.hexe.policy.api.rule.SiteRule;
import dev.hexe.policy.engine.rules.PolicyException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Collects what the rules of a site do to a profile. */
final class SiteEffects {
  private static final int PER_CENT = 100;

  private final Collection<Mechanism> mechanisms;
  private final long hostMemory;
  private final List<SiteRule> acted = new ArrayList<>();
  private final List<SiteRule> undecided = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Map<Guarantee, String> first = new TreeMap<>();
  private Profile profile;

  SiteEffects(Profile profile, Collection<Mechanism> mechanisms, long hostMemory) {
    this.profile = profile;
    this.mechanisms = mechanisms;
    this.hostMemory = hostMemory;
  }

  /** Notes a rule that asks for a command that is not known. */
  void postpone(SiteRule rule) {
    undecided.add(rule);
  }

  /** Does what a rule says. */
  void act(SiteRule rule) {
    acted.add(rule);
    rule.effects().forEach(effect -> act(rule, effect));
  }

  private void act(SiteRule rule, RuleEffect effect) {
    if (effect instanceof RuleEffect.Forbid forbid) {
      refuse(rule, forbid.why().isEmpty() ? "forbids this" : forbid.why());
    } else if (effect instanceof RuleEffect.Warn warn) {
      warnings.add(warn.what() + " (" + rule.told() + ")");
    } else if (effect instanceof RuleEffect.Require require) {
      require(rule, require);
    } else if (effect instanceof RuleEffect.Choose choose) {
      choose(rule, choose);
    } else if (effect instanceof RuleEffect.Cap cap) {
      cap(rule, cap);
    }
  }

  private void refuse(SiteRule rule, String why) {
    refusals.add(rule.told() + ": " + why);
  }

  private void require(SiteRule rule, RuleEffect.Require require) {
    Guarantee guarantee = require.guarantee();
    if (!profile.asksFor(guarantee)) {
      refuse(
          rule,
          "requires `%s` (%s), which the profile `%s` does not ask for"
              .formatted(guarantee.id(), guarantee.meaning(), profile.name()));
      return;
    }
    Demand before = profile.demand(guarantee);
    boolean stricter = before.atLeast().reaches(require.atLeast());
    profile =
        profile.withDemand(
            guarantee, new Demand(true, stricter ? before.atLeast() : require.atLeast()));
  }

  private void choose(SiteRule rule, RuleEffect.Choose choose) {
    List<String> known =
        mechanisms.stream()
            .filter(mechanism -> mechanism.guarantee().equals(choose.guarantee()))
            .map(Mechanism::id)
            .distinct()
            .sorted()
            .toList();
    if (!known.contains(choose.mechanism())) {
      throw new PolicyException(
          "%s: there is no mechanism `%s` for `%s`; there are `%s`"
              .formatted(
                  rule.told(),
                  choose.mechanism(),
                  choose.guarantee().id(),
                  String.join("`, `", known)));
    }
    first.putIfAbsent(choose.guarantee(), choose.mechanism());
  }

  private void cap(SiteRule rule, RuleEffect.Cap cap) {
    OptionalLong memory = cap.memory();
    if (cap.share().isPresent()) {
      if (hostMemory <= 0) {
        throw new PolicyException(rule.told() + ": the memory of this host is not known");
      }
      memory = OptionalLong.of(hostMemory / PER_CENT * cap.share().getAsInt());
    }
    Limits was = profile.limits();
    Optional<CpuQuota> cpu = least(Optional.ofNullable(was.cpu()), cap.cpu());
    profile =
        profile.withLimits(
            was.toBuilder()
                .memory(least(was.memory(), memory))
                .pids(least(was.pids(), cap.pids()))
                .cpu(cpu.orElse(null))
                .time(least(was.time(), cap.time()))
                .grace(cap.time().isPresent() ? usualAtMost(was.grace()) : was.grace())
                .build());
    insist(memory.isPresent(), Guarantee.MEMORY);
    insist(cap.pids().isPresent(), Guarantee.PIDS);
    insist(cap.cpu().isPresent(), Guarantee.CPU);
    insist(cap.time().isPresent(), Guarantee.TIME);
  }

  /** A command that ignores SIGTERM goes on for this long after its time. */
  private static long usualAtMost(long grace) {
    return Math.min(grace, Limits.USUAL_GRACE);
  }

  /** Whatever the profile is content with: a limit in part is one that a command goes beyond. */
  private void insist(boolean capped, Guarantee guarantee) {
    if (capped) {
      profile = profile.withDemand(guarantee, Demand.REQUIRED);
    }
  }

  private static OptionalLong least(OptionalLong one, OptionalLong other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    return OptionalLong.of(Math.min(one.getAsLong(), other.getAsLong()));
  }

  private static Optional<CpuQuota> least(Optional<CpuQuota> one, Optional<CpuQuota> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    return share(one.get()) <= share(other.get()) ? one : other;
  }

  private static double share(CpuQuota quota) {
    return (double) quota.quota() / quota.period();
  }

  SiteOutcome outcome(boolean usedCommand, boolean usedCaller, boolean usedDirectory) {
    return new SiteOutcome(
        profile,
        acted,
        undecided,
        refusals,
        warnings,
        first,
        usedCommand,
        usedCaller,
        usedDirectory);
  }
}
