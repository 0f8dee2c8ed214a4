package dev.hexe.policy.backend.namespaces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.CloneFlag;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Identity;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.testing.FakeTree;
import dev.hexe.policy.api.testing.Hosts;
import dev.hexe.policy.api.testing.ProfileBuilder;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The mounts of profiles like those that are built in. */
class MountPlanTest {
  private static final FakeTree TREE =
      FakeTree.mergedUsr().files("/dev/full", "/dev/random", "/dev/urandom", "/dev/tty");

  private static List<String> actions(Caller caller, Profile profile) {
    return Compiled.on(TREE, caller, profile).actions().stream().map(Action::description).toList();
  }

  private static ProfileBuilder balanced() {
    return ProfileBuilder.profile()
        .identity(Identity.SELF)
        .unlisted(Unlisted.ABSENT)
        .read("/bin", "/usr", "/lib", "/etc")
        .readIfPresent("/lib64", "/opt")
        .write("/home/me")
        .tmp(128L << 20)
        .minimalDevices()
        .invisible()
        .unreachable()
        .privateMounts()
        .noGain();
  }

  @Test
  void balancedHasARootOfItsOwn() {
    assertEquals(
        """
        map uid 1000 to 1000 and gid 1000 to 1000
        make every mount a slave of the host's
        start a new root, empty
        symlink /bin -> usr/bin
        mount an empty tmpfs of 65536 bytes on /dev (nosuid,noexec)
        symlink /dev/fd -> /proc/self/fd
        bind /dev/full (ro,nosuid,noexec) if present
        bind /dev/null (ro,nosuid,noexec) if present
        symlink /dev/ptmx -> pts/ptmx
        mount a fresh devpts on /dev/pts (nosuid,noexec)
        bind /dev/random (ro,nosuid,noexec) if present
        mount an empty tmpfs of half the memory on /dev/shm (nosuid,nodev)
        symlink /dev/stderr -> /proc/self/fd/2
        symlink /dev/stdin -> /proc/self/fd/0
        symlink /dev/stdout -> /proc/self/fd/1
        bind /dev/tty (ro,nosuid,noexec) if present
        bind /dev/urandom (ro,nosuid,noexec) if present
        bind /dev/zero (ro,nosuid,noexec) if present
        bind /etc (ro,nosuid,nodev)
        bind /home/me (nosuid,nodev)
        symlink /lib -> usr/lib
        mount a fresh proc on /proc (nosuid,nodev,noexec)
        mount an empty tmpfs of 67108864 bytes on /run/user/1000 (nosuid,nodev)
        mount an empty tmpfs of 134217728 bytes on /tmp (nosuid,nodev)
        bind /usr (ro,nosuid,nodev)
        mount an empty tmpfs of 134217728 bytes on /var/tmp (nosuid,nodev)
        set (ro) on /dev
        set (ro) on /
        switch to the new root, detach the old one
        go to the working directory
        set to /run/user/1000 XDG_RUNTIME_DIR where it leads to nothing
        an own session keyring
        drop capabilities outside 0xfffffffffedfffff
        """
            .lines()
            .toList(),
        actions(Hosts.USER, balanced().build()));
  }

  @Test
  void fullAddsItsSurroundingsAndLeavesCapabilitiesToWhoDropsThem() {
    Profile full =
        balanced()
            .noNetwork()
            .privateIpc()
            .hostname("hexe")
            .privateCgroups()
            .noCapabilities()
            .noUserNamespaces()
            .build();
    List<String> actions =
        Compiled.on(TREE, Hosts.USER, full, Guarantee.CAPABILITIES).actions().stream()
            .map(Action::description)
            .toList();
    assertEquals(
        List.of("map uid 1000 to 1000 and gid 1000 to 1000", "allow no user namespace inside"),
        actions.subList(0, 2));
    assertEquals(
        List.of(
            "set to /run/user/1000 XDG_RUNTIME_DIR where it leads to nothing",
            "set the loopback interface up",
            "hostname hexe",
            "an own session keyring"),
        actions.subList(actions.size() - 4, actions.size()));
    assertEquals(Set.of(CloneFlag.values()), Compiled.on(TREE, Hosts.USER, full).namespaces());
  }

  /** Files of the global root in /proc answer to uid 0 whatever its user namespace. */
  @Test
  void rootGetsWhatItCouldWriteInProcCovered() {
    List<String> user = actions(Hosts.USER, balanced().build());
    List<String> root = actions(Hosts.ROOT, balanced().build());
    String covers = "protect /proc/sys, /proc/sysrq-trigger, /proc/irq and 8 more, where present";
    assertTrue(root.contains(covers), root.toString());
    assertTrue(
        root.indexOf("mount a fresh proc on /proc (nosuid,nodev,noexec)") < root.indexOf(covers));
    assertTrue(user.stream().noneMatch(action -> action.startsWith("protect /proc")));
  }

  @Test
  void readOnlyPathOfAnOpenFileSystemIsMountedOverItself() {
    Profile profile =
        ProfileBuilder.profile().read("/etc").write("/home/me").noCapabilities().build();
    assertEquals(
        List.of(
            "map uid 1000 to 1000 and gid 1000 to 1000",
            "make every mount a slave of the host's",
            "keep the root, mount in it",
            "bind /etc (ro,nosuid,nodev)",
            "go to the working directory"),
        descriptions(Compiled.on(TREE, Hosts.USER, profile, Guarantee.CAPABILITIES).actions()));
  }

  @Test
  void writablePathInAReadOnlyOneStaysWritableInAnOpenFileSystem() {
    FakeTree tree = FakeTree.empty().directories("/srv/data");
    Profile profile = ProfileBuilder.profile().read("/srv").write("/srv/data").build();
    assertTrue(
        descriptions(Compiled.on(tree, Hosts.USER, profile).actions())
            .containsAll(List.of("bind /srv (ro,nosuid,nodev)", "bind /srv/data (nosuid,nodev)")));
  }

  /** The old directory lies below what was mounted over it, and would stay writable. */
  @Test
  void directoryIsEnteredAnewWhereverSomethingIsMounted() {
    String chdir = "go to the working directory";
    for (ProfileBuilder profile :
        List.of(
            ProfileBuilder.profile().read("/etc"),
            ProfileBuilder.profile().tmp(1),
            ProfileBuilder.profile().invisible(),
            ProfileBuilder.profile().privateMounts(),
            balanced())) {
      List<String> actions = actions(Hosts.USER, profile.build());
      assertEquals(1, actions.stream().filter(chdir::equals).count(), actions.toString());
    }
  }

  @Test
  void privateTmpCoversAListedOne() {
    List<String> actions =
        actions(
            Hosts.USER,
            ProfileBuilder.profile().unlisted(Unlisted.ABSENT).write("/tmp").tmp(9).build());
    assertTrue(actions.contains("mount an empty tmpfs of 9 bytes on /tmp (nosuid,nodev)"));
    assertFalse(actions.stream().anyMatch(action -> action.startsWith("bind /tmp")));
  }

  /** In the tree as it is, it could not be found below what was mounted over it. */
  @Test
  void whatLiesBelowAnotherMountIsTakenFromACopyOfTheTree() {
    MountEntry.Bind elsewhere = new MountEntry.Bind("/usr", "/etc", false, true);
    MountEntry.Bind below = new MountEntry.Bind("/tmp/x", "/etc", false, true);
    String copy = "start a new root, empty";
    assertFalse(
        actions(Hosts.USER, ProfileBuilder.profile().tmp(9).fixture(elsewhere).build())
            .contains(copy));
    assertTrue(
        actions(Hosts.USER, ProfileBuilder.profile().tmp(9).fixture(below).build()).contains(copy));
  }

  @Test
  void freshProcAndMinimalDevCoverListedOnes() {
    List<String> actions = actions(Hosts.USER, balanced().read("/proc").write("/dev").build());
    assertFalse(actions.stream().anyMatch(action -> action.matches("bind /(proc|dev) .*")));
  }

  @Test
  void rootIsSealedAfterTheLastMountAndBeforeTheSwitch() {
    List<String> actions = actions(Hosts.USER, balanced().build());
    int seal = actions.indexOf("set (ro) on /");
    assertEquals(actions.indexOf("switch to the new root, detach the old one"), seal + 1);
    assertTrue(
        actions.subList(seal, actions.size()).stream()
            .noneMatch(action -> action.matches("(bind|mount|symlink|make) .*")));
  }

  @Test
  void nothingIsMountedWhereNothingNeedsIt() {
    assertFalse(MountPlan.isNeeded(new Decisions(List.of())));
    Profile profile = ProfileBuilder.profile().identity(Identity.ROOT).noNetwork().build();
    assertEquals(
        List.of("map uid 1000 to 0 and gid 1000 to 0", "set the loopback interface up"),
        actions(Hosts.USER, profile));
    assertEquals(
        Set.of(CloneFlag.NEWUSER, CloneFlag.NEWNET),
        Compiled.on(TREE, Hosts.USER, profile).namespaces());
  }

  private static List<String> descriptions(List<Action> actions) {
    return actions.stream().map(Action::description).toList();
  }

  private static ProfileBuilder openTree() {
    return ProfileBuilder.profile().identity(Identity.SELF).unlisted(Unlisted.ALLOWED).noGain();
  }

  @Test
  void partToWriteInWhatIsReadIsFoundInTheTreeOutside() {
    for (String part : List.of("/usr/lib", PathRule.CWD)) {
      List<String> actions = actions(Hosts.USER, openTree().read("/usr").write(part).build());
      assertTrue(actions.contains("switch to the new root, detach the old one"), actions::toString);
      assertTrue(
          actions.indexOf("bind /usr (ro,nosuid,nodev)")
              < actions.indexOf("bind " + part + " (nosuid,nodev)"),
          actions::toString);
    }
    List<String> beside = actions(Hosts.USER, openTree().read("/usr").write("/home/me").build());
    assertTrue(beside.contains("keep the root, mount in it"), beside::toString);
  }
}
