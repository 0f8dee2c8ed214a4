package dev.hexe.policy.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.api.testing.Hosts;
import dev.hexe.policy.api.testing.ProfileBuilder;
import dev.hexe.policy.engine.rules.PolicyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleBookTest {
  private static final Profile OFFLINE = ProfileBuilder.profile().noNetwork().build();

  private static Mechanism.Builder network(String id, Strength strength) {
    return Mechanism.named(id, Guarantee.NETWORK, strength)
        .rule("no network by " + id)
        .caveat(strength == Strength.FULL ? "" : "not all of " + id);
  }

  private static Decision decide(HostFacts facts, Mechanism... mechanisms) {
    return new RuleBook(Arrays.asList(mechanisms))
        .decide(OFFLINE, facts)
        .of(Guarantee.NETWORK)
        .orElseThrow();
  }

  private static Optional<String> chosen(HostFacts facts, Mechanism... mechanisms) {
    return decide(facts, mechanisms).chosen().map(Mechanism::id);
  }

  private static List<String> rejected(Decision decision) {
    return decision.rejections().stream()
        .map(rejection -> rejection.mechanism().id() + ": " + rejection.lack().reason())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void strongestWinsInAnyOrderOfWriting(long seed) {
    List<Mechanism> mechanisms =
        new ArrayList<>(
            List.of(
                network("a", Strength.ADVISORY).build(),
                network("b", Strength.PARTIAL).build(),
                network("z", Strength.FULL).build()));
    Collections.shuffle(mechanisms, new Random(seed));
    assertEquals(Optional.of("z"), chosen(Hosts.with(), mechanisms.toArray(Mechanism[]::new)));
  }

  @Test
  void strengthCountsMoreThanRank() {
    assertEquals(
        Optional.of("full"),
        chosen(
            Hosts.with(),
            network("partial", Strength.PARTIAL).rank(1).build(),
            network("full", Strength.FULL).rank(1000).build()));
  }

  @Test
  void lowerRankWinsAmongEquals() {
    assertEquals(
        Optional.of("z"),
        chosen(
            Hosts.with(),
            network("a", Strength.FULL).build(),
            network("z", Strength.FULL).rank(50).build()));
  }

  @Test
  void nameDecidesWhereNothingElseDoes() {
    assertEquals(
        Optional.of("a"),
        chosen(
            Hosts.with(),
            network("b", Strength.FULL).build(),
            network("a", Strength.FULL).build()));
  }

  @Test
  void strongerOnesThatTheHostLacksAreRejectedInTheirOrder() {
    HostFacts facts =
        new HostFacts(
            List.of(Fact.missing("n.second", "spawn: EPERM", MissingFeature.of("denied"))));
    Decision decision =
        decide(
            facts,
            network("third", Strength.PARTIAL).build(),
            network("second", Strength.FULL).needs("n.second").build(),
            network("first", Strength.FULL).needs("n.first").rank(1).build(),
            network("weaker", Strength.ADVISORY).needs("n.first").build());
    assertEquals(Optional.of("third"), decision.chosen().map(Mechanism::id));
    assertEquals(
        List.of("first: nothing here probes `n.first`", "second: denied"), rejected(decision));
    assertEquals(Strength.PARTIAL, decision.strength());
  }

  @Test
  void allAreRejectedWhereNoneCanBeHad() {
    Decision decision =
        decide(
            Hosts.with(),
            network("b", Strength.PARTIAL).needs("n.b").build(),
            network("a", Strength.FULL).needs("n.a").build());
    assertEquals(Optional.empty(), decision.chosen());
    assertEquals(
        List.of("a: nothing here probes `n.a`", "b: nothing here probes `n.b`"),
        rejected(decision));
    assertEquals(Strength.NONE, decision.strength());
    assertTrue(decision.refuses());
  }

  @Test
  void whatDoesNotSuitTheProfileIsNeitherChosenNorRejected() {
    Decision decision =
        decide(
            Hosts.with(),
            network("other", Strength.FULL).suiting(profile -> false).build(),
            network("mine", Strength.PARTIAL).build());
    assertEquals(Optional.of("mine"), decision.chosen().map(Mechanism::id));
    assertEquals(List.of(), rejected(decision));
  }

  @Test
  void guaranteeWithoutAnyMechanismIsNotEnforced() {
    Decision decision = decide(Hosts.with());
    assertEquals(Optional.empty(), decision.chosen());
    assertTrue(decision.refuses());
  }

  @Test
  void decidesWhatTheProfileAsksForAndNothingElse() {
    Decisions decisions =
        new RuleBook(
                List.of(
                    network("n", Strength.FULL).build(),
                    Mechanism.named("c", Guarantee.CPU, Strength.FULL).rule("c").build()))
            .decide(OFFLINE, Hosts.with());
    assertEquals(
        List.of(Guarantee.NETWORK), decisions.all().stream().map(Decision::guarantee).toList());
    Profile everything = ProfileBuilder.everything(Unlisted.ABSENT).build();
    assertEquals(
        List.copyOf(everything.guarantees()),
        new RuleBook(List.of())
            .decide(everything, Hosts.with()).all().stream().map(Decision::guarantee).toList());
  }

  private static List<String> reinforcements(Decision decision) {
    return decision.reinforcements().stream().map(Mechanism::id).toList();
  }

  @Test
  void reinforcesWhatIsStronger() {
    assertEquals(
        List.of("wall"),
        reinforcements(
            decide(
                Hosts.with(),
                network("wall", Strength.PARTIAL).reinforcing().build(),
                network("other", Strength.PARTIAL).build(),
                network("chosen", Strength.FULL).build())));
  }

  @Test
  void reinforcesOnlyWhereTheHostHasIt() {
    assertEquals(
        List.of(),
        reinforcements(
            decide(
                Hosts.with(),
                network("wall", Strength.PARTIAL).needs("n.wall").reinforcing().build(),
                network("chosen", Strength.FULL).build())));
  }

  @Test
  void doesNotReinforceItself() {
    Decision decision =
        decide(
            Hosts.with(),
            network("wall", Strength.FULL).rank(1).reinforcing().build(),
            Mechanism.named("wall", Guarantee.NETWORK, Strength.PARTIAL)
                .rule("a weaker wall")
                .caveat("the top")
                .reinforcing()
                .build());
    assertEquals(Optional.of("wall"), decision.chosen().map(Mechanism::id));
    assertEquals(List.of(), reinforcements(decision));
  }

  @Test
  void reinforcesOnceWhateverItsStrengths() {
    assertEquals(
        List.of("wall"),
        reinforcements(
            decide(
                Hosts.with(),
                network("chosen", Strength.FULL).rank(1).build(),
                network("wall", Strength.FULL).reinforcing().build(),
                Mechanism.named("wall", Guarantee.NETWORK, Strength.PARTIAL)
                    .rule("a weaker wall")
                    .caveat("the top")
                    .reinforcing()
                    .build())));
  }

  @Test
  void reinforcesNothingWhereNothingIsChosen() {
    Decision decision =
        decide(
            Hosts.with(), network("wall", Strength.PARTIAL).needs("n.wall").reinforcing().build());
    assertEquals(Optional.empty(), decision.chosen());
    assertEquals(List.of(), reinforcements(decision));
  }

  @Test
  void ruleWhoseConditionThrowsRefuses() {
    Mechanism broken =
        network("broken", Strength.FULL)
            .needs(
                (profile, facts) -> {
                  throw new IllegalStateException("boom");
                },
                MissingFeature.of("x"))
            .build();
    Mechanism fine = network("fine", Strength.PARTIAL).build();
    PolicyException thrown =
        assertThrows(PolicyException.class, () -> decide(Hosts.with(), broken, fine));
    assertEquals("the rule `no network by broken` failed: boom", thrown.getMessage());
  }

  @Test
  void twoMechanismsWithOneRuleRefuse() {
    Mechanism twin = network("twin", Strength.FULL).build();
    assertThrows(PolicyException.class, () -> decide(Hosts.with(), twin, twin));
  }

  @Test
  void bookCanBeAskedAgain() {
    RuleBook book = new RuleBook(List.of(network("n", Strength.FULL).needs("n.n").build()));
    assertEquals(1, book.decide(OFFLINE, Hosts.with()).refusals().size());
    assertEquals(0, book.decide(OFFLINE, Hosts.with("n.n")).refusals().size());
    assertEquals(1, book.decide(OFFLINE, Hosts.with()).refusals().size());
  }
}
