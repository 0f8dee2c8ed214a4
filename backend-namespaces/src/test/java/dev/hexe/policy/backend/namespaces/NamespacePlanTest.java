package dev.hexe.policy.backend.namespaces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.CloneFlag;
import dev.hexe.policy.api.plan.Opcode;
import dev.hexe.policy.api.plan.Processes;
import dev.hexe.policy.api.plan.RestrictionActions;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Identity;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.spi.Contribution;
import dev.hexe.policy.api.testing.FakeTree;
import dev.hexe.policy.api.testing.Hosts;
import dev.hexe.policy.api.testing.ProfileBuilder;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NamespacePlanTest {
  private static final Caller ODD = new Caller(1000, 50, Set.of(), 0);

  static Stream<Arguments> identities() {
    return Stream.of(
        Arguments.of(Identity.SELF, Processes.idMap(1000, 1000, 50, 50)),
        Arguments.of(Identity.ROOT, Processes.idMap(0, 1000, 0, 50)),
        Arguments.of(Identity.ids(7, 8), Processes.idMap(7, 1000, 8, 50)),
        Arguments.of(Identity.HOST, Processes.idMap(1000, 1000, 50, 50)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("identities")
  void mapsTheCallersOwnIdsAlone(Identity identity, Action expected) {
    Profile profile = ProfileBuilder.profile().identity(identity).noNetwork().build();
    assertEquals(
        List.of(expected),
        compiled(ODD, profile).actions().stream()
            .filter(action -> action.opcode() == Opcode.ID_MAP)
            .toList());
  }

  private static Contribution compiled(Caller caller, Profile profile, Guarantee... others) {
    return Compiled.on(FakeTree.mergedUsr(), caller, profile, others);
  }

  @Test
  void groupsAreDroppedWhereThereAreSomeAndTheyCanBeDropped() {
    Profile profile = ProfileBuilder.profile().noNetwork().build();
    Caller grouped = new Caller(0, 0, Set.of(0L, 4L), -1);
    assertTrue(compiled(grouped, profile).actions().contains(Processes.clearGroups()));
    assertFalse(compiled(Hosts.ROOT, profile).actions().contains(Processes.clearGroups()));
    assertFalse(compiled(Hosts.USER, profile).actions().contains(Processes.clearGroups()));
  }

  static Stream<Arguments> namespaces() {
    return Stream.of(
        entered(ProfileBuilder.profile().identity(Identity.ROOT)),
        entered(ProfileBuilder.profile().noNetwork(), CloneFlag.NEWNET),
        entered(ProfileBuilder.profile().privateIpc(), CloneFlag.NEWIPC, CloneFlag.NEWNS),
        entered(ProfileBuilder.profile().hostname("h"), CloneFlag.NEWUTS),
        entered(ProfileBuilder.profile().privateCgroups(), CloneFlag.NEWCGROUP),
        entered(ProfileBuilder.profile().privateMounts(), CloneFlag.NEWNS),
        entered(ProfileBuilder.profile().unreachable(), CloneFlag.NEWPID),
        entered(ProfileBuilder.profile().invisible(), CloneFlag.NEWPID, CloneFlag.NEWNS),
        entered(ProfileBuilder.profile().tmp(1), CloneFlag.NEWNS),
        entered(ProfileBuilder.profile().read("/etc"), CloneFlag.NEWNS),
        entered(ProfileBuilder.profile().unlisted(Unlisted.ABSENT), CloneFlag.NEWNS),
        entered(ProfileBuilder.profile().noCapabilities().noUserNamespaces()));
  }

  private static Arguments entered(ProfileBuilder profile, CloneFlag... flags) {
    Set<CloneFlag> all = EnumSet.of(CloneFlag.NEWUSER);
    all.addAll(List.of(flags));
    return Arguments.of(profile.build(), all);
  }

  @ParameterizedTest
  @MethodSource("namespaces")
  void entersTheNamespacesItNeedsAndAlwaysAUserNamespace(Profile profile, Set<CloneFlag> flags) {
    assertEquals(flags, compiled(Hosts.USER, profile).namespaces());
    assertEquals(flags, compiled(Hosts.ROOT, profile).namespaces());
  }

  @Test
  void profileInPlaceGetsItsIdentityAndItsMountsAlone() {
    Profile profile = ProfileBuilder.everything(Unlisted.ABSENT).inPlace().build();
    assertEquals(
        Set.of(CloneFlag.NEWUSER, CloneFlag.NEWNS), compiled(Hosts.USER, profile).namespaces());
  }

  private static final Action KEEP_FROM_UNDOING =
      RestrictionActions.dropCapabilities(~(1L << 21 | 1L << 24), false);

  @Test
  void mountsCannotBeUndoneByACommandThatKeepsCapabilities() {
    Profile profile = ProfileBuilder.profile().unlisted(Unlisted.ABSENT).build();
    assertTrue(compiled(Hosts.USER, profile).actions().contains(KEEP_FROM_UNDOING));
  }

  /** The profile asks for no capabilities, but nothing here takes them. */
  @Test
  void mountsCannotBeUndoneByACommandThatKeepsCapabilitiesAgainstItsProfile() {
    Profile profile = ProfileBuilder.profile().unlisted(Unlisted.ABSENT).noCapabilities().build();
    assertTrue(compiled(Hosts.USER, profile).actions().contains(KEEP_FROM_UNDOING));
    assertFalse(
        compiled(Hosts.USER, profile, Guarantee.CAPABILITIES).actions().stream()
            .anyMatch(action -> action.opcode() == Opcode.DROP_CAPABILITIES));
  }

  @Test
  void limitOnUserNamespacesCannotBeRaisedByACommandThatKeepsCapabilities() {
    Profile profile = ProfileBuilder.profile().noCapabilities().noUserNamespaces().build();
    List<Action> actions = compiled(Hosts.USER, profile).actions();
    assertTrue(actions.contains(Processes.limitUserNamespaces(0)));
    assertTrue(actions.contains(KEEP_FROM_UNDOING));
  }

  @Test
  void capabilitiesThatUndoNothingAreKept() {
    Profile profile = ProfileBuilder.profile().identity(Identity.ROOT).privateMounts().build();
    assertFalse(
        compiled(Hosts.USER, profile).actions().stream()
            .anyMatch(action -> action.opcode() == Opcode.DROP_CAPABILITIES));
  }
}
