package dev.hexe.policy.conformance.attacks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.harness.Product;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Setting;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Ways out of programs like this one, as the public record has them. */
class EscapesTest {
  /** CVE-2019-5736. */
  @Attack(Way.LAUNCHER)
  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#extremes")
  void theLauncherIsNotOverwritten(Setting setting) throws Exception {
    byte[] before = Files.readAllBytes(Product.program());
    List<String> results = setting.sandbox().tries("write /proc/1/exe", "read /proc/1/exe");
    assertTrue(results.stream().allMatch(List.of("EACCES", "EPERM")::contains), results::toString);
    assertArrayEquals(before, Files.readAllBytes(Product.program()));
  }

  /** CVE-2024-21626. */
  @Attack(Way.DESCRIPTORS)
  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#extremes")
  void theWorkingDirectoryIsNoWayOut(Setting setting) {
    setting
        .sandbox()
        .in(setting.user().outside())
        .with("--chdir=" + setting.user().home())
        .behind("bash", "-c", "exec 9<.; exec \"$@\"", "bash")
        .sh(
            "ls /proc/self/cwd/../.. /proc/self/fd/9/.. 2>/dev/null | grep -x -e outside -e runtime; pwd")
        .prints(setting.user().home().toString());
  }

  @Attack(Way.UNCOVERING)
  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#extremes")
  void theRootHasNoParent(Setting setting) {
    setting
        .sandbox()
        .sh("test /.. -ef / && ls /../../.. | grep -x -e root -e boot -e sys; echo end")
        .prints("end");
  }

  @Attack(Way.MOUNTS)
  @Test
  void mountsOfTheSandboxDoNotComeBackToTheHost() {
    Requires.root();
    for (Shipped profile : List.of(Shipped.BALANCED, Shipped.FULL)) {
      String seen =
          profile
              .as(User.ROOT)
              .behind("unshare", "-m", "--propagation", "shared")
              .sh("grep -c ' shared:' /proc/self/mountinfo")
              .text();
      assertEquals("0", seen, profile.toString());
    }
  }

  /** Flags of mounts below a bound tree are kept or added, never lost. */
  @Attack(Way.MOUNTS)
  @Test
  void mountsBelowTheSystemAreReadOnlyToo() {
    Requires.root();
    for (Shipped profile : List.of(Shipped.BALANCED, Shipped.FULL)) {
      String[] answers =
          profile
              .as(User.ROOT)
              .behind("unshare", "-m", "sh", "-c", "mount -t tmpfs x /usr/src && exec \"$@\"", "sh")
              .sh("touch /usr/src/x; grep ' /usr/src ' /proc/self/mountinfo | cut -d' ' -f6")
              .complains("Read-only file system")
              .text()
              .split(",", -1);
      assertTrue(Set.of(answers).containsAll(Set.of("ro", "nosuid", "nodev")), profile::toString);
    }
  }

  @Attack(Way.MOUNTS)
  @Test
  void aReadOnlyMountInTheHomeStaysReadOnly() throws Exception {
    Requires.root();
    Path below = User.ROOT.home().resolve("read-only");
    Files.createDirectories(below);
    String prepare = "mount -t tmpfs -o ro,noexec x " + below + " && exec \"$@\"";
    for (Shipped profile : List.of(Shipped.BALANCED, Shipped.FULL)) {
      assertEquals(
          List.of("EROFS", "EPERM"),
          profile
              .as(User.ROOT)
              .behind("unshare", "-m", "sh", "-c", prepare, "sh")
              .tries("create " + below + "/x", "remount-writable " + below));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aHomeBehindASymlinkIsUsedWhereItIs(User user) throws Exception {
    Path link = user.outside().resolve("link-to-home");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, user.home());
    Shipped.FULL
        .as(user)
        .where("HOME", link.toString())
        .sh("touch ~/through-the-link; cd ~ && pwd -P")
        .prints(user.home().toString());
    assertTrue(Files.exists(user.home().resolve("through-the-link")));
  }

  /** What a link in a writable tree points to is not what is mounted over or made. */
  @Attack(Way.DESTINATIONS)
  @ParameterizedTest
  @EnumSource
  void symlinksAtDestinationsAreNotFollowedToTheHost(User user) throws Exception {
    Path target = user.outside().resolve("target");
    Files.createDirectories(target);
    Path link = user.home().resolve("link-out");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, target);
    assertEquals(
        List.of("ok", "ENOENT", "ENOENT"),
        Shipped.FULL.as(user).tries("look " + link, "list " + link, "create " + link + "/x"));
    try (Stream<Path> made = Files.list(target)) {
      assertEquals(0, made.count());
    }
  }

  @Attack(Way.OUTSIDERS)
  @ParameterizedTest
  @EnumSource
  void theTreeOfAnOutsiderIsNotReachedThroughProc(User user) {
    long outsider = ProcessHandle.current().pid();
    List<String> results =
        Shipped.FULL.as(user).tries("its-root " + outsider, "list /proc/1/root/");
    assertFalse(results.contains("ok"), results::toString);
  }

  @Test
  void theProgramIsNotSetuid() throws Exception {
    int mode = (int) Files.getAttribute(Product.program(), "unix:mode");
    assertEquals(0, mode & 06000);
  }
}
