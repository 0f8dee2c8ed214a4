package dev.hexe.policy.backend.landlock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.decision.Effect;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.Findings;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.host.Outcome;
import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.api.testing.GuaranteeByName;
import dev.hexe.policy.api.testing.Hosts;
import dev.hexe.policy.api.testing.ProfileBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.converter.ConvertWith;
import org.junit.jupiter.params.provider.CsvSource;

class LandlockMechanismsTest {
  private static final String NOTHING = "NONE";

  private static HostFacts abi(long abi) {
    return abi == 0
        ? new HostFacts(
            List.of(Fact.missing("landlock.abi", "x", MissingFeature.of("no Landlock"))))
        : filtering(abi);
  }

  private static HostFacts filtering(long abi) {
    return new HostFacts(
        List.of(
            Fact.present("landlock.abi", abi, "tried"),
            Fact.present("seccomp.filter", 1, "tried"),
            Fact.present("seccomp.library", 1, "tried")));
  }

  /** The best this backend offers, or {@code NONE}. */
  private static String best(Profile profile, Guarantee guarantee, long abi) {
    return LandlockMechanisms.all().stream()
        .filter(mechanism -> mechanism.guarantee().equals(guarantee))
        .filter(mechanism -> mechanism.suits(profile))
        .filter(mechanism -> mechanism.lack(profile, abi(abi)).isEmpty())
        .map(Mechanism::strength)
        .max(Strength::compareTo)
        .map(Strength::name)
        .orElse(NOTHING);
  }

  @Test
  void socketsAreRuledFromAbi9On() {
    List<Mechanism> ofFiles =
        LandlockMechanisms.all().stream()
            .filter(mechanism -> mechanism.guarantee().equals(Guarantee.FILES))
            .toList();
    assertFalse(ofFiles.isEmpty());
    for (Mechanism mechanism : ofFiles) {
      assertFalse(mechanism.has(Effect.RULES_SOCKETS, abi(8)), mechanism.rule());
      assertTrue(mechanism.has(Effect.RULES_SOCKETS, abi(9)), mechanism.rule());
    }
  }

  @ParameterizedTest(name = "{0} denied: ABI 1 {1}, 2 {2}, 3 {3}, 4 {4}, 5 {5}, 6 {6}")
  @CsvSource({
    "FILES,                 PARTIAL, PARTIAL, FULL,    FULL,    FULL,    FULL",
    "READ_ONLY,             PARTIAL, PARTIAL, FULL,    FULL,    FULL,    FULL",
    "TMP,                   PARTIAL, PARTIAL, PARTIAL, PARTIAL, PARTIAL, PARTIAL",
    "DEVICES,               PARTIAL, PARTIAL, PARTIAL, PARTIAL, PARTIAL, PARTIAL",
    "PROCESSES_INVISIBLE,   PARTIAL, PARTIAL, PARTIAL, PARTIAL, PARTIAL, PARTIAL",
    "PROCESSES_UNREACHABLE, PARTIAL, PARTIAL, PARTIAL, PARTIAL, PARTIAL, FULL",
    "NETWORK,               NONE,    NONE,    NONE,    PARTIAL, PARTIAL, PARTIAL",
    "IPC,                   NONE,    NONE,    NONE,    NONE,    NONE,    PARTIAL",
    "HOSTNAME,              NONE,    NONE,    NONE,    NONE,    NONE,    NONE"
  })
  void strengthOfDeniedFilesByAbi(
      @ConvertWith(GuaranteeByName.class) Guarantee guarantee,
      String a1,
      String a2,
      String a3,
      String a4,
      String a5,
      String a6) {
    assertStrengths(Unlisted.DENIED, guarantee, List.of(a1, a2, a3, a4, a5, a6));
  }

  @ParameterizedTest(name = "{0} absent: ABI 1 {1}, 2 {2}, 3 {3}, 4 {4}, 5 {5}, 6 {6}")
  @CsvSource({
    "FILES,                 PARTIAL, PARTIAL, PARTIAL, PARTIAL, PARTIAL, PARTIAL",
    "READ_ONLY,             PARTIAL, PARTIAL, PARTIAL, PARTIAL, PARTIAL, PARTIAL",
    "TMP,                   PARTIAL, PARTIAL, PARTIAL, PARTIAL, PARTIAL, PARTIAL",
    "DEVICES,               PARTIAL, PARTIAL, PARTIAL, PARTIAL, PARTIAL, PARTIAL",
    "PROCESSES_INVISIBLE,   PARTIAL, PARTIAL, PARTIAL, PARTIAL, PARTIAL, PARTIAL",
    "PROCESSES_UNREACHABLE, PARTIAL, PARTIAL, PARTIAL, PARTIAL, PARTIAL, FULL"
  })
  void strengthOfAbsentFilesByAbi(
      @ConvertWith(GuaranteeByName.class) Guarantee guarantee,
      String a1,
      String a2,
      String a3,
      String a4,
      String a5,
      String a6) {
    assertStrengths(Unlisted.ABSENT, guarantee, List.of(a1, a2, a3, a4, a5, a6));
  }

  @ParameterizedTest(name = "{0} allowed: ABI 1 {1}, 2 {2}, 3 {3}, 4 {4}, 5 {5}, 6 {6}")
  @CsvSource({
    // Where every file is open, a ruleset on files would only break what was not asked for.
    "READ_ONLY,             NONE, NONE, NONE, NONE,    NONE,    NONE",
    "TMP,                   NONE, NONE, NONE, NONE,    NONE,    NONE",
    "DEVICES,               NONE, NONE, NONE, NONE,    NONE,    NONE",
    "PROCESSES_INVISIBLE,   NONE, NONE, NONE, NONE,    NONE,    NONE",
    "PROCESSES_UNREACHABLE, NONE, NONE, NONE, NONE,    NONE,    FULL",
    "NETWORK,               NONE, NONE, NONE, PARTIAL, PARTIAL, PARTIAL"
  })
  void strengthOfAllowedFilesByAbi(
      @ConvertWith(GuaranteeByName.class) Guarantee guarantee,
      String a1,
      String a2,
      String a3,
      String a4,
      String a5,
      String a6) {
    assertStrengths(Unlisted.ALLOWED, guarantee, List.of(a1, a2, a3, a4, a5, a6));
  }

  private static void assertStrengths(
      Unlisted unlisted, Guarantee guarantee, List<String> fromAbi1) {
    Profile profile = ProfileBuilder.everything(unlisted).build();
    assertEquals(NOTHING, best(profile, guarantee, 0), "without Landlock");
    for (int abi = 1; abi <= 11; abi++) {
      String expected = fromAbi1.get(Math.min(abi, fromAbi1.size()) - 1);
      assertEquals(expected, best(profile, guarantee, abi), "ABI " + abi);
    }
  }

  @ParameterizedTest(name = "read {0}, write {1}: {2}")
  @CsvSource({
    "/usr,          /home/me,  FULL",
    "/home/me/.ssh, /home/me,  NONE",
    "/home/me,      /home/me,  FULL", // listed for both: writable
    "/home,         /home/me,  FULL", // more rights further down is what Landlock can do
    "/home/men,     /home/me,  FULL",
    "/etc,          /,         NONE"
  })
  void readOnlyPathBelowAWritableOneIsNotPromised(String read, String write, String expected) {
    Profile profile =
        ProfileBuilder.profile().unlisted(Unlisted.DENIED).read(read).write(write).build();
    assertEquals(expected, best(profile, Guarantee.READ_ONLY, 7));
    Profile absent =
        ProfileBuilder.profile().unlisted(Unlisted.ABSENT).read(read).write(write).build();
    assertEquals(
        expected.equals(NOTHING) ? NOTHING : "PARTIAL", best(absent, Guarantee.READ_ONLY, 7));
  }

  @Test
  void whatTheProfileListsIsNotPromisedToBeDenied() {
    Map<Guarantee, Profile> listed =
        Map.of(
            Guarantee.TMP, denied().tmp(1).write("/tmp").build(),
            Guarantee.DEVICES, denied().minimalDevices().read("/dev").build(),
            Guarantee.PROCESSES_INVISIBLE, denied().invisible().list("/").build());
    listed.forEach(
        (guarantee, profile) -> assertEquals(NOTHING, best(profile, guarantee, 7), guarantee.id()));
    Map<Guarantee, Profile> others =
        Map.of(
            Guarantee.TMP, denied().tmp(1).write("/tmp/x").list("/").build(),
            Guarantee.DEVICES, denied().minimalDevices().write("/dev/kvm").list("/").build(),
            Guarantee.PROCESSES_INVISIBLE, denied().invisible().list("/home").build());
    others.forEach(
        (guarantee, profile) ->
            assertEquals("PARTIAL", best(profile, guarantee, 7), guarantee.id()));
  }

  @Test
  void hidingTakesAListOfFiles() {
    assertEquals("PARTIAL", best(denied().hide("/home/me/.ssh").build(), Guarantee.HIDDEN, 1));
    assertEquals(
        NOTHING, best(ProfileBuilder.profile().hide("/home/me/.ssh").build(), Guarantee.HIDDEN, 7));
  }

  /** A project in which no file can be made is worse for most than one with files at risk. */
  @Test
  void protectingAloneIsChosenWhereAPartWillDo() {
    Profile usual = denied().write("/home/me").protect("/home/me/.bashrc").build();
    assertEquals(NOTHING, best(usual, Guarantee.PROTECTED, 7));
    Profile content = usual.withDemands(demand -> new Demand(demand.required(), Strength.PARTIAL));
    assertEquals("PARTIAL", best(content, Guarantee.PROTECTED, 7));
    assertEquals("PARTIAL", best(content, Guarantee.PROTECTED, 1));
    assertEquals(NOTHING, best(content, Guarantee.PROTECTED, 0));
  }

  private static ProfileBuilder denied() {
    return ProfileBuilder.profile().unlisted(Unlisted.DENIED);
  }

  @Test
  void deniedFilesTakeLandlockBeforeMounts() {
    assertTrue(
        LandlockMechanisms.all().stream()
            .filter(mechanism -> mechanism.guarantee().equals(Guarantee.READ_ONLY))
            .filter(mechanism -> mechanism.strength() == Strength.FULL)
            .allMatch(mechanism -> mechanism.rank() < Mechanism.ORDINARY));
  }

  @Test
  void signalScopeIsTheSecondWallAndNotTheFirst() {
    List<Mechanism> scopes =
        LandlockMechanisms.all().stream()
            .filter(mechanism -> mechanism.id().equals(LandlockMechanisms.SIGNAL_SCOPE))
            .filter(mechanism -> mechanism.strength() == Strength.FULL)
            .toList();
    assertEquals(1, scopes.size());
    assertTrue(scopes.get(0).reinforces());
    assertTrue(scopes.get(0).rank() > Mechanism.ORDINARY);
  }

  /** No scope holds limits and keys: that takes a filter. */
  @Test
  void signalScopeIsAPartWhereNothingCanBeFiltered() {
    Profile profile = ProfileBuilder.everything(Unlisted.DENIED).build();
    assertEquals(
        List.of(Strength.PARTIAL),
        LandlockMechanisms.all().stream()
            .filter(mechanism -> mechanism.id().equals(LandlockMechanisms.SIGNAL_SCOPE))
            .filter(mechanism -> mechanism.lack(profile, Hosts.with("landlock.abi", 6)).isEmpty())
            .map(Mechanism::strength)
            .toList());
  }

  @Test
  void networkNamespaceIsNotReinforced() {
    assertFalse(
        LandlockMechanisms.all().stream()
            .filter(mechanism -> mechanism.guarantee().equals(Guarantee.NETWORK))
            .anyMatch(Mechanism::reinforces));
  }

  @Test
  void olderKernelsAreNamedByTheAbiTheyLack() {
    Profile profile = ProfileBuilder.profile().noNetwork().build();
    assertEquals(List.of("this kernel's Landlock is older than ABI 4"), reasons(profile, abi(3)));
    assertEquals(List.of("no Landlock"), reasons(profile, abi(0)));
  }

  private static List<String> reasons(Profile profile, HostFacts facts) {
    return LandlockMechanisms.all().stream()
        .filter(mechanism -> mechanism.suits(profile))
        .flatMap(mechanism -> mechanism.lack(profile, facts).stream())
        .map(MissingFeature::reason)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "EOPNOTSUPP, add `landlock` to the kernel parameter `lsm=` and reboot",
    "EPERM, allow landlock_create_ruleset in the surrounding container"
  })
  void missingLandlockComesWithItsRemedy(String errno, String fix) {
    Findings findings =
        new Findings(
            Map.of("landlock.abi", Outcome.failure("landlock-query", errno)),
            path -> Optional.empty());
    assertEquals(fix, new LandlockBackend().facts(findings).get(0).lack().fix());
  }
}
