package dev.hexe.policy.backend.landlock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.PathGrant;
import dev.hexe.policy.api.decision.PathGrant.Access;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.NextRun;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.api.spi.Compilation;
import dev.hexe.policy.api.testing.Choices;
import dev.hexe.policy.api.testing.FakeTree;
import dev.hexe.policy.api.testing.Hosts;
import dev.hexe.policy.api.testing.ProfileBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LandlockRulesetTest {
  private static final Profile ISOLATED =
      ProfileBuilder.profile()
          .unlisted(Unlisted.DENIED)
          .read("/usr")
          .readIfPresent("/lib", "/lib64")
          .write("/home/me", PathRule.CWD)
          .list("/")
          .unreachable()
          .noNetwork()
          .build();

  private static List<String> actions(Profile profile, long abi) {
    LandlockBackend backend = new LandlockBackend();
    HostFacts facts = Hosts.with("landlock.abi", abi);
    Decisions decisions = Choices.of(backend.mechanisms(), profile, facts);
    List<PathGrant> grants = new ArrayList<>();
    profile.files().list().forEach(rule -> grants.add(grant(rule, Access.LIST)));
    profile.files().read().forEach(rule -> grants.add(grant(rule, Access.READ)));
    profile.files().write().forEach(rule -> grants.add(grant(rule, Access.WRITE)));
    grants.addAll(backend.grants(profile, decisions));
    return backend
        .compile(
            new Compilation(profile, Hosts.USER, facts, decisions, grants, FakeTree.mergedUsr()))
        .actions()
        .stream()
        .map(LandlockRulesetTest::text)
        .toList();
  }

  private static PathGrant grant(PathRule rule, Access access) {
    return new PathGrant(rule.path(), access, rule.optional());
  }

  private static String text(Action action) {
    return action.opcode().label()
        + action.operands().stream()
            .map(operand -> " " + (operand.letter() == 'u' ? hex(operand.toString()) : operand))
            .collect(Collectors.joining());
  }

  private static String hex(String number) {
    return "0x" + Long.toHexString(Long.parseUnsignedLong(number));
  }

  static Stream<Arguments> rulesets() {
    return Stream.of(
        golden(
            1,
            """
            landlock-ruleset 0x1fff 0x0 0x0
            landlock-path / 0x8 0x0
            landlock-path /usr 0xd 0x0
            landlock-path /home/me 0x17bf 0x0
            landlock-path @cwd 0x17bf 0x0
            landlock-streams 0x4 0x2
            landlock-restrict 0x0
            """),
        golden(
            2,
            """
            landlock-ruleset 0x3fff 0x0 0x0
            landlock-path / 0x8 0x0
            landlock-path /usr 0xd 0x0
            landlock-path /home/me 0x37bf 0x0
            landlock-path @cwd 0x37bf 0x0
            landlock-streams 0x4 0x2
            landlock-restrict 0x0
            """),
        golden(
            4,
            """
            landlock-ruleset 0x7fff 0x3 0x0
            landlock-path / 0x8 0x0
            landlock-path /usr 0xd 0x0
            landlock-path /home/me 0x77bf 0x0
            landlock-path @cwd 0x77bf 0x0
            landlock-streams 0x4 0x4002
            landlock-restrict 0x0
            """),
        golden(
            6,
            """
            landlock-ruleset 0xffff 0x3 0x2
            landlock-path / 0x8 0x0
            landlock-path /usr 0xd 0x0
            landlock-path /home/me 0xf7bf 0x0
            landlock-path @cwd 0xf7bf 0x0
            landlock-streams 0x8004 0xc002
            landlock-restrict 0x0
            """),
        golden(
            7,
            """
            landlock-ruleset 0xffff 0x3 0x2
            landlock-path / 0x8 0x0
            landlock-path /usr 0xd 0x0
            landlock-path /home/me 0xf7bf 0x0
            landlock-path @cwd 0xf7bf 0x0
            landlock-streams 0x8004 0xc002
            landlock-restrict 0x0
            """));
  }

  private static Arguments golden(long abi, String text) {
    return Arguments.of(abi, text.lines().toList());
  }

  @ParameterizedTest(name = "ABI {0}")
  @MethodSource("rulesets")
  void oneRulesetForEachAbi(long abi, List<String> expected) {
    assertEquals(expected, actions(ISOLATED, abi));
  }

  @Test
  void scopesAloneHandleNoFiles() {
    Profile profile = ProfileBuilder.profile().unreachable().privateIpc().build();
    assertEquals(
        List.of("landlock-ruleset 0x0 0x0 0x3", "landlock-restrict 0x0"), actions(profile, 6));
    assertEquals(List.of(), actions(profile, 5));
  }

  @Test
  void portsAloneHandleNoFiles() {
    Profile profile = ProfileBuilder.profile().noNetwork().build();
    assertEquals(
        List.of("landlock-ruleset 0x0 0x3 0x0", "landlock-restrict 0x0"), actions(profile, 4));
    assertEquals(List.of(), actions(profile, 3));
  }

  @Test
  void privateTmpIsADirectoryOfItsOwnAndTheOnlyOneGranted() {
    List<String> actions =
        actions(ProfileBuilder.profile().unlisted(Unlisted.DENIED).tmp(9).build(), 7);
    assertEquals(
        List.of(
            "private-directory /tmp hexe- 0x1c0 TMPDIR",
            "landlock-ruleset 0xffff 0x0 0x0",
            "landlock-path @private 0xf7bf 0x0",
            "landlock-streams 0x8004 0xc002",
            "landlock-restrict 0x0"),
        actions);
  }

  /** A directory above gives the same, so the kernel need not be told; but not more than that. */
  @Test
  void rulesThatSayNothingNewAreLeftOut() {
    Profile profile =
        ProfileBuilder.profile()
            .unlisted(Unlisted.DENIED)
            .read("/usr", "/usr/bin", "/etc/passwd", "/home/me")
            .write("/usr/lib", PathRule.CWD)
            .list("/")
            .build();
    assertEquals(
        List.of(
            "landlock-path / 0x8 0x0",
            "landlock-path /usr 0xd 0x0",
            "landlock-path /etc/passwd 0xd 0x0",
            "landlock-path /home/me 0xd 0x0",
            "landlock-path /usr/lib 0xf7bf 0x0",
            "landlock-path @cwd 0xf7bf 0x0"),
        actions(profile, 7).stream().filter(it -> it.startsWith("landlock-path")).toList());
  }

  /** What is left out could lie in what is guarded. */
  @Test
  void everyRuleStaysWhereSomethingIsGuarded() {
    Profile profile =
        ProfileBuilder.profile()
            .unlisted(Unlisted.DENIED)
            .read("/usr", "/usr/bin")
            .hide("/usr/lib")
            .build();
    assertTrue(actions(profile, 7).contains("landlock-path /usr/bin 0xd 0x0"));
  }

  @Test
  void minimalDevicesAreUsedAndNeverMade() {
    List<String> actions =
        actions(ProfileBuilder.profile().unlisted(Unlisted.DENIED).minimalDevices().build(), 7);
    assertTrue(actions.contains("landlock-path /dev/null 0xc00e 0x2"), actions.toString());
    assertTrue(
        actions.stream()
            .filter(action -> action.startsWith("landlock-path"))
            .allMatch(action -> action.matches("landlock-path /dev/\\w+ 0xc00e 0x2")),
        actions.toString());
  }

  /** Whatever is listed, no rule is handed out while every file is denied to nobody. */
  @Test
  void openFileSystemGetsNoRules() {
    Profile profile = ProfileBuilder.profile().read("/usr").write("/home").unreachable().build();
    assertEquals(
        List.of("landlock-ruleset 0x0 0x0 0x2", "landlock-restrict 0x0"), actions(profile, 7));
  }

  /** What is shown of something hidden gets a rule of its own; in a tree that is not read, none. */
  @Test
  void guardsComeBeforeTheRulesThatLeaveThemOut() {
    Profile profile =
        ProfileBuilder.profile()
            .unlisted(Unlisted.DENIED)
            .write("/home/me")
            .protect("/home/me/.bashrc", PathRule.CWD + "/.git/hooks")
            .hide("/home/me/.ssh", PathRule.CWD + "/.env", "/srv/keys")
            .show("/home/me/.ssh/config", "/home/me/notes", "/srv/keys/public")
            .build()
            .withDemands(demand -> new Demand(demand.required(), Strength.PARTIAL));
    assertEquals(
        List.of(
            "landlock-ruleset 0x7fff 0x0 0x0",
            "landlock-guard /home/me/.bashrc 0x0",
            "landlock-guard @cwd/.git/hooks 0x2",
            "landlock-guard /home/me/.ssh\n/srv/keys 0x4",
            "landlock-guard @cwd/.env 0x6",
            "landlock-path /home/me/.ssh/config 0xc 0x2",
            "landlock-path /home/me 0x77bf 0x0",
            "landlock-streams 0x4 0x4002",
            "landlock-restrict 0x0"),
        actions(profile, 3));
  }

  @Test
  void noListHandsOverWhatDecidesTheNextRun() {
    Profile profile =
        ProfileBuilder.profile()
            .unlisted(Unlisted.DENIED)
            .write("/home/me/conf/part", "/home/me/plans")
            .nextRun(List.of("/home/me/conf"), List.of("/home/me/plans"))
            .build()
            .withDemands(demand -> new Demand(demand.required(), Strength.PARTIAL));
    List<String> paths =
        actions(profile, 3).stream().filter(it -> it.startsWith("landlock-path")).toList();
    assertEquals(List.of("landlock-path /home/me/conf/part 0xd 0x0"), paths);
  }

  @Test
  void theGatewayKeepsItsLogBesideThePlans() {
    Profile profile =
        ProfileBuilder.profile()
            .unlisted(Unlisted.DENIED)
            .write("/home/me/plans/gateway", "/home/me/plans/other")
            .build()
            .withNextRun(
                new NextRun(
                    List.of(),
                    List.of("/home/me/plans"),
                    List.of(),
                    List.of("/home/me/plans/gateway")))
            .withDemands(demand -> new Demand(demand.required(), Strength.PARTIAL));
    List<String> paths =
        actions(profile, 3).stream().filter(it -> it.startsWith("landlock-path")).toList();
    assertEquals(1, paths.size());
    assertTrue(paths.get(0).startsWith("landlock-path /home/me/plans/gateway "), paths.toString());
  }
}
