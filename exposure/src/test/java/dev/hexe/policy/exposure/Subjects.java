package dev.hexe.policy.exposure;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Effect;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.decision.PathGrant.Access;
import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Identity;
import dev.hexe.policy.api.profile.Limits;
import dev.hexe.policy.api.profile.Limits.CpuQuota;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.api.testing.Hosts;
import dev.hexe.policy.api.testing.ProfileBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Sandboxes made up: what a profile asks for is held in full, but for what is said. */
final class Subjects {
  private final Profile profile;
  private final Map<Guarantee, Strength> strengths = new TreeMap<>();
  private final Map<Guarantee, Consumer<Mechanism.Builder>> effects = new TreeMap<>();
  private Caller caller = Hosts.USER;
  private HostFacts facts = Hosts.with("namespace.user");
  private boolean dropsGroups;

  private Subjects(Profile profile) {
    this.profile = profile;
  }

  static Subjects of(ProfileBuilder profile) {
    return new Subjects(profile.build());
  }

  /** Nothing is asked for. */
  static Subjects open() {
    return of(ProfileBuilder.profile());
  }

  /** Everything is asked for, and only /usr and /work are there. */
  static Subjects tight() {
    return of(
        ProfileBuilder.profile()
            .unlisted(Unlisted.ABSENT)
            .read("/usr")
            .write("/work")
            .tmp(1)
            .minimalDevices()
            .identity(Identity.SELF)
            .invisible()
            .unreachable()
            .noNetwork()
            .privateIpc()
            .noGain()
            .noCapabilities()
            .noUserNamespaces()
            .denySystemCalls("bpf")
            .safeTerminal()
            .limits(new Limits(OptionalLong.of(1), OptionalLong.of(1), new CpuQuota(1, 1))));
  }

  Subjects held(Guarantee guarantee, Strength strength) {
    strengths.put(guarantee, strength);
    return this;
  }

  /** What holds it does this as well. */
  Subjects with(Guarantee guarantee, Effect... beside) {
    effects.put(guarantee, mechanism -> mechanism.effects(beside));
    return this;
  }

  /** What holds it does this as well, where a fact has at least this number. */
  Subjects withFrom(Guarantee guarantee, Effect effect, String fact, long minimum) {
    effects.put(guarantee, mechanism -> mechanism.effectFrom(effect, fact, minimum));
    return this;
  }

  Subjects caller(Caller value) {
    caller = value;
    return this;
  }

  Subjects facts(HostFacts value) {
    facts = value;
    return this;
  }

  Subjects droppingGroups() {
    dropsGroups = true;
    return this;
  }

  Subject subject() {
    Decisions decisions = new Decisions(profile.guarantees().stream().map(this::decision).toList());
    return new Subject(profile, decisions, grants(), caller, facts, dropsGroups);
  }

  private Decision decision(Guarantee guarantee) {
    Strength strength = strengths.getOrDefault(guarantee, Strength.FULL);
    Mechanism.Builder mechanism =
        Mechanism.named("made-up", guarantee, strength).rule("a rule of a test").caveat("a caveat");
    effects.getOrDefault(guarantee, any -> {}).accept(mechanism);
    return new Decision(
        guarantee,
        profile.demand(guarantee),
        strength == Strength.NONE ? Optional.empty() : Optional.of(mechanism.build()),
        List.of(),
        List.of());
  }

  private List<PathGrant> grants() {
    return Stream.of(
            granted(profile.files().list(), Access.LIST),
            granted(profile.files().read(), Access.READ),
            granted(profile.files().write(), Access.WRITE))
        .flatMap(grants -> grants)
        .toList();
  }

  private static Stream<PathGrant> granted(List<PathRule> rules, Access access) {
    return rules.stream().map(rule -> new PathGrant(rule.path(), access, rule.optional()));
  }
}
