package dev.hexe.policy.api.spi;

import static java.util.function.Predicate.not;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.Findings;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.HostTree;
import dev.hexe.policy.api.host.JointProbe;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.host.Outcome;
import dev.hexe.policy.api.host.Probe;
import dev.hexe.policy.api.network.Destination;
import dev.hexe.policy.api.network.Destination.Protocol;
import dev.hexe.policy.api.network.DestinationHost;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Opcode;
import dev.hexe.policy.api.plan.Operand;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.api.testing.Choices;
import dev.hexe.policy.api.testing.FakeTree;
import dev.hexe.policy.api.testing.Hosts;
import dev.hexe.policy.api.testing.ProfileBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract that every {@link IsolationBackend} keeps to. A backend's tests hold a subclass of
 * this.
 */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class BackendContractTest {
  private static final long LATER_THAN_ANY = 1_000;

  /** A backend as the service loader makes it. */
  protected abstract IsolationBackend backend();

  /** Facts that its mechanisms need and that another backend reports. */
  protected Set<String> factsOfOthers() {
    return Set.of();
  }

  /** Facts that it reads or works out instead of trying one plan for each. */
  protected Set<String> factsWithoutProbe() {
    return Set.of();
  }

  /** The profiles that its mechanisms are tried with. */
  protected Stream<Profile> profiles() {
    return Stream.concat(
        Stream.of(Unlisted.values())
            .flatMap(
                unlisted ->
                    Stream.of(
                        ProfileBuilder.everything(unlisted).build(),
                        ProfileBuilder.everything(unlisted).nesting().build(),
                        ProfileBuilder.everything(unlisted).inPlace().build(),
                        destinations(unlisted).build(),
                        destinations(unlisted).inPlace().build())),
        Stream.of(ProfileBuilder.profile().build()));
  }

  /** Some of the network, where the others have none. */
  private static ProfileBuilder destinations(Unlisted unlisted) {
    return ProfileBuilder.everything(unlisted)
        .allow(
            new Destination(
                new DestinationHost.Name("example.org"),
                Protocol.TCP,
                List.of(443),
                "example.org"));
  }

  /** The files it compiles for. */
  protected HostTree tree() {
    return FakeTree.mergedUsr();
  }

  @Test
  void idIsOneWordOfLowerCaseLetters() {
    assertTrue(backend().id().matches("[a-z]+[0-9]*[a-z]*[0-9]*"), backend().id());
  }

  @Test
  void serviceLoaderFindsIt() {
    assertTrue(
        ServiceLoader.load(IsolationBackend.class).stream()
            .anyMatch(provider -> provider.type() == backend().getClass()),
        "META-INF/services does not name " + backend().getClass().getName());
  }

  @Test
  void versionIsNeverEmpty() {
    assertFalse(backend().version().isBlank());
  }

  @Test
  void everyProbeTriesSomethingForAFactOfItsOwn() {
    List<Probe> probes = probes();
    assertDistinct(probes, Probe::fact);
    assertAll(
        probes.stream().map(probe -> () -> assertFalse(probe.actions().isEmpty(), probe.fact())));
  }

  /** So that what they find available was tried as thoroughly as by the probe of the fact alone. */
  @Test
  void jointProbesTryAllThatTheSingleOnesTry() {
    Map<String, Probe> single =
        probes().stream().collect(Collectors.toMap(Probe::fact, Function.identity()));
    Set<String> seen = new HashSet<>();
    for (JointProbe joint : backend().jointProbes(Hosts.USER, reader())) {
      for (String fact : joint.facts()) {
        assertTrue(seen.add(fact), "twice: " + fact);
        assertTrue(single.containsKey(fact), "no probe of its own: " + fact);
        assertTriedInOrder(single.get(fact).actions(), joint.actionsFor(fact));
      }
    }
  }

  private static void assertTriedInOrder(List<Action> wanted, List<Action> tried) {
    Iterator<Action> rest = tried.iterator();
    for (Action action : wanted) {
      boolean found = false;
      while (!found && rest.hasNext()) {
        found = triesNoLess(rest.next(), action);
      }
      assertTrue(found, () -> action + " is not among " + tried);
    }
  }

  /** The same, or the start of a child in more namespaces. */
  private static boolean triesNoLess(Action tried, Action wanted) {
    if (tried.opcode() != Opcode.SPAWN || wanted.opcode() != Opcode.SPAWN) {
      return tried.equals(wanted);
    }
    long namespaces = number(wanted, 0);
    return (number(tried, 0) & namespaces) == namespaces && number(tried, 1) == number(wanted, 1);
  }

  private static long number(Action action, int operand) {
    return ((Operand.Unsigned) action.operands().get(operand)).value();
  }

  @Test
  void reportsOneFactForEachProbeAndNoOthers() {
    List<Fact> facts = factsWhere(Outcome.success(1));
    assertDistinct(facts, Fact::name);
    Set<String> expected = probes().stream().map(Probe::fact).collect(Collectors.toSet());
    expected.addAll(factsWithoutProbe());
    assertEquals(expected, facts.stream().map(Fact::name).collect(Collectors.toSet()));
  }

  @Test
  void factsHaveDottedNames() {
    assertAll(
        factsWhere(Outcome.success(1)).stream()
            .map(
                fact ->
                    () ->
                        assertTrue(
                            fact.name().matches("[a-z0-9-]+([.][a-z0-9-]+)+"), fact.name())));
  }

  @Test
  void whatWasTriedWithSuccessIsThereAndLacksNothing() {
    Set<String> tried = probes().stream().map(Probe::fact).collect(Collectors.toSet());
    assertAll(
        factsWhere(Outcome.success(7)).stream()
            .filter(fact -> tried.contains(fact.name()))
            .map(
                fact ->
                    () -> {
                      assertTrue(fact.available(), fact.name());
                      assertEquals(7, fact.value(), fact.name());
                      assertEquals(MissingFeature.NONE, fact.lack(), fact.name());
                    }));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ENOSYS", "EPERM", "ENOSPC", "EACCES", "EOPNOTSUPP", "EINVAL", "SIGNAL 31", ""})
  void whateverFailsIsExplained(String errno) {
    for (Optional<String> text :
        List.of(Optional.<String>empty(), Optional.of("0"), Optional.of("1"))) {
      for (boolean last : new boolean[] {false, true}) {
        Map<String, Outcome> outcomes = new HashMap<>();
        for (Probe probe : probes()) {
          Action step = probe.actions().get(last ? probe.actions().size() - 1 : 0);
          outcomes.put(probe.fact(), Outcome.failure(step.opcode().label(), errno));
        }
        assertExplained(backend().facts(new Findings(outcomes, path -> text)));
      }
    }
  }

  @Test
  void probesThatNeverRanAreExplained() {
    assertExplained(backend().facts(new Findings(Map.of(), path -> Optional.empty())));
  }

  private void assertExplained(List<Fact> facts) {
    assertAll(
        facts.stream()
            .filter(not(Fact::available))
            .map(
                fact ->
                    () -> {
                      String reason = fact.lack().reason();
                      assertFalse(reason.isBlank(), fact.name());
                      assertFalse(reason.endsWith("."), fact.name() + ": " + reason);
                    }));
    assertAll(
        facts.stream()
            .filter(fact -> !factsWithoutProbe().contains(fact.name()))
            .map(fact -> () -> assertFalse(fact.available(), fact.name())));
  }

  @Test
  void everyMechanismHasARuleOfItsOwn() {
    List<Mechanism> mechanisms = backend().mechanisms();
    assertFalse(mechanisms.isEmpty());
    assertDistinct(mechanisms, Mechanism::rule);
    assertDistinct(
        mechanisms,
        mechanism ->
            mechanism.id() + mechanism.guarantee() + mechanism.strength() + suited(mechanism));
    assertAll(
        mechanisms.stream()
            .map(
                mechanism ->
                    () -> {
                      assertFalse(mechanism.rule().isBlank(), mechanism.id());
                      assertFalse(mechanism.rule().endsWith("."), mechanism.rule());
                    }));
  }

  private String suited(Mechanism mechanism) {
    return profiles()
        .map(profile -> mechanism.suits(profile) ? "1" : "0")
        .collect(Collectors.joining());
  }

  @Test
  void mechanismsSayWhatTheyLeaveOutBelowFullStrengthAlone() {
    assertAll(
        backend().mechanisms().stream()
            .map(
                mechanism ->
                    () ->
                        assertEquals(
                            mechanism.strength() == Strength.FULL,
                            mechanism.caveat().isEmpty(),
                            mechanism.rule())));
  }

  @Test
  void partialMechanismsNameTheActsThatTheyLeaveOpen() {
    assertAll(
        backend().mechanisms().stream()
            .filter(mechanism -> mechanism.strength() == Strength.PARTIAL)
            .map(
                mechanism -> () -> assertTrue(mechanism.leftOpen().isPresent(), mechanism.rule())));
  }

  @Test
  void everyMechanismSuitsAProfileThatAsksForEverything() {
    assertAll(
        backend().mechanisms().stream()
            .map(
                mechanism ->
                    () -> assertTrue(profiles().anyMatch(mechanism::suits), mechanism.rule())));
  }

  @Test
  void noMechanismSuitsAProfileThatAsksForNothing() {
    Profile nothing = ProfileBuilder.profile().build();
    assertAll(
        backend().mechanisms().stream()
            .map(mechanism -> () -> assertFalse(mechanism.suits(nothing), mechanism.rule())));
  }

  @Test
  void mechanismsNeedOnlyFactsThatAreReported() {
    HostFacts everything = everything();
    assertAll(
        profiles()
            .flatMap(
                profile ->
                    backend().mechanisms().stream()
                        .filter(mechanism -> mechanism.suits(profile))
                        .map(
                            mechanism ->
                                () -> {
                                  String reason =
                                      mechanism
                                          .lack(profile, everything)
                                          .map(MissingFeature::reason)
                                          .orElse("");
                                  assertFalse(reason.startsWith("nothing here probes"), reason);
                                })));
  }

  @Test
  void everyMechanismCanBeHadSomewhere() {
    HostFacts everything = everything();
    assertAll(
        backend().mechanisms().stream()
            .map(
                mechanism ->
                    () ->
                        assertTrue(
                            profiles()
                                .filter(mechanism::suits)
                                .anyMatch(profile -> mechanism.lack(profile, everything).isEmpty()),
                            mechanism.rule())));
  }

  @Test
  void noMechanismCanBeHadWhereEverythingFailed() {
    HostFacts nothing = new HostFacts(List.of());
    assertAll(
        profiles()
            .flatMap(
                profile ->
                    backend().mechanisms().stream()
                        .filter(mechanism -> mechanism.suits(profile))
                        .filter(mechanism -> !worksAnywhere(mechanism))
                        .map(
                            mechanism ->
                                () ->
                                    assertTrue(
                                        mechanism.lack(profile, nothing).isPresent(),
                                        mechanism.rule()))));
  }

  /** Whether a mechanism needs nothing of the host. */
  protected boolean worksAnywhere(Mechanism mechanism) {
    return false;
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void contributesNothingWhereNoDecisionUsesIt(Profile profile) {
    Decisions none = new Decisions(List.of());
    assertEquals(Contribution.NONE, backend().compile(compilation(profile, none)));
    assertEquals(List.of(), backend().grants(profile, none));
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void contributesTheSameEachTime(Profile profile) {
    Decisions decisions = Choices.of(backend().mechanisms(), profile, everything());
    Compilation compilation = compilation(profile, decisions);
    assertEquals(backend().compile(compilation), backend().compile(compilation));
    assertEquals(backend().grants(profile, decisions), backend().grants(profile, decisions));
  }

  @Test
  void contributesSomethingWhereItIsChosen() {
    assertTrue(
        profiles()
            .map(profile -> compiled(profile))
            .anyMatch(contribution -> !contribution.equals(Contribution.NONE)));
  }

  private Contribution compiled(Profile profile) {
    return backend()
        .compile(compilation(profile, Choices.of(backend().mechanisms(), profile, everything())));
  }

  private Compilation compilation(Profile profile, Decisions decisions) {
    return new Compilation(
        profile, Hosts.USER, everything(), decisions, backend().grants(profile, decisions), tree());
  }

  /** A host on which all that this backend or another reports is there. */
  private HostFacts everything() {
    List<Fact> facts = new ArrayList<>();
    Set<String> names = new HashSet<>(factsOfOthers());
    names.addAll(factsWithoutProbe());
    probes().forEach(probe -> names.add(probe.fact()));
    names.forEach(name -> facts.add(Fact.present(name, LATER_THAN_ANY, "tried")));
    return new HostFacts(facts);
  }

  private List<Fact> factsWhere(Outcome outcome) {
    Map<String, Outcome> outcomes = new HashMap<>();
    probes().forEach(probe -> outcomes.put(probe.fact(), outcome));
    return backend().facts(new Findings(outcomes, reader()));
  }

  /** The small files that probes and facts look at. */
  protected HostReader reader() {
    return path -> Optional.empty();
  }

  private List<Probe> probes() {
    return backend().probes(Hosts.USER, reader());
  }

  private static <T> void assertDistinct(List<T> things, Function<T, String> property) {
    Set<String> seen = new HashSet<>();
    assertAll(
        things.stream()
            .map(property)
            .map(value -> () -> assertTrue(seen.add(value), "twice: " + value)));
  }
}
