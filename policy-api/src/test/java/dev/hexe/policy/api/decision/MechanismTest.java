package dev.hexe.policy.api.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.api.testing.Hosts;
import dev.hexe.policy.api.testing.ProfileBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MechanismTest {
  private static final Profile OFFLINE = ProfileBuilder.profile().noNetwork().build();
  private static final MissingFeature OLD = MissingFeature.of("too old");

  private static Mechanism.Builder full() {
    return Mechanism.named("m", Guarantee.NETWORK, Strength.FULL).rule("a rule");
  }

  @Test
  void hasToNameItsRule() {
    Mechanism.Builder builder = Mechanism.named("m", Guarantee.NETWORK, Strength.FULL);
    assertThrows(IllegalStateException.class, builder::build);
  }

  @ParameterizedTest
  @EnumSource(
      value = Strength.class,
      names = {"NONE", "ADVISORY", "PARTIAL"})
  void hasToSayWhatItLeavesOut(Strength strength) {
    Mechanism.Builder builder = Mechanism.named("m", Guarantee.NETWORK, strength).rule("a rule");
    assertThrows(IllegalStateException.class, builder::build);
    assertEquals("UDP", builder.caveat("UDP").build().caveat());
  }

  @Test
  void needsNoCaveatAtFullStrength() {
    assertEquals("", full().build().caveat());
  }

  @Test
  void hasEffectsWhereItIsChosenOrFromAVersionOn() {
    Mechanism mechanism =
        full().effects(Effect.CONFINES_KEYS).effectFrom(Effect.RULES_SOCKETS, "a.fact", 9).build();
    assertTrue(mechanism.has(Effect.CONFINES_KEYS));
    assertFalse(mechanism.has(Effect.MOUNTS_OVER));
    assertFalse(mechanism.has(Effect.RULES_SOCKETS), "nothing is known of the host");
    assertFalse(mechanism.has(Effect.RULES_SOCKETS, Hosts.with("a.fact", 8)));
    assertTrue(mechanism.has(Effect.RULES_SOCKETS, Hosts.with("a.fact", 9)));
  }

  @Test
  void suitsOnlyProfilesThatAskForItsGuarantee() {
    assertTrue(full().build().suits(OFFLINE));
    assertFalse(full().build().suits(ProfileBuilder.profile().build()));
  }

  @Test
  void suitsOnlyProfilesItIsRestrictedTo() {
    Mechanism mechanism = full().suiting(profile -> profile.separation().inPlace()).build();
    assertFalse(mechanism.suits(OFFLINE));
    assertTrue(mechanism.suits(ProfileBuilder.profile().noNetwork().inPlace().build()));
  }

  @Test
  void lacksTheFirstFactThatIsMissing() {
    Mechanism mechanism = full().needs("a.there", "a.gone", "a.unknown").build();
    MissingFeature gone = new MissingFeature("gone", "bring it back");
    HostFacts facts =
        new HostFacts(
            List.of(Fact.present("a.there", 0, "tried"), Fact.missing("a.gone", "open", gone)));
    assertEquals(Optional.of(gone), mechanism.lack(OFFLINE, facts));
  }

  @Test
  void lacksAFactThatNobodyReports() {
    assertEquals(
        Optional.of(MissingFeature.of("nothing here probes `a.unknown`")),
        full().needs("a.unknown").build().lack(OFFLINE, new HostFacts(List.of())));
  }

  @Test
  void lacksNothingWhereAllIsThere() {
    assertEquals(
        Optional.empty(),
        full().needs("a.a", "a.b").build().lack(OFFLINE, Hosts.with("a.a", "a.b")));
  }

  @Test
  void needsANumberThatIsHighEnough() {
    Mechanism mechanism = full().needsAtLeast("a.abi", 4, OLD).build();
    assertEquals(Optional.of(OLD), mechanism.lack(OFFLINE, Hosts.with("a.abi", 3)));
    assertEquals(Optional.empty(), mechanism.lack(OFFLINE, Hosts.with("a.abi", 4)));
    assertEquals(Optional.empty(), mechanism.lack(OFFLINE, Hosts.with("a.abi", 5)));
    assertEquals(Optional.of(OLD), mechanism.lack(OFFLINE, new HostFacts(List.of())));
  }

  @Test
  void needsAConditionOfItsOwn() {
    Mechanism mechanism =
        full().needs((profile, facts) -> profile.privileges().noGain(), OLD).build();
    assertEquals(Optional.of(OLD), mechanism.lack(OFFLINE, Hosts.with()));
    assertEquals(
        Optional.empty(),
        mechanism.lack(ProfileBuilder.profile().noNetwork().noGain().build(), Hosts.with()));
  }

  @Test
  void builderCanGoOnWithoutChangingWhatWasBuilt() {
    Mechanism.Builder builder = full();
    Mechanism first = builder.build();
    builder.needs("a.gone").reinforcing().rank(1);
    assertEquals(Optional.empty(), first.lack(OFFLINE, Hosts.with()));
    assertFalse(first.reinforces());
    assertEquals(Mechanism.ORDINARY, first.rank());
  }
}
