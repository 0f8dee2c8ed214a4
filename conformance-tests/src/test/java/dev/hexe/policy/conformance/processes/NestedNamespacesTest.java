package dev.hexe.policy.conformance.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.Product;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.Setting;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Namespaces inside the sandbox are no way out of it. */
class NestedNamespacesTest {
  static Stream<Setting> denying() {
    return Setting.of(Shipped.SANDBOX, Shipped.FULL);
  }

  /** ENOSPC is a limit of zero, EPERM a filter, and ENOSYS a filter that cannot see flags. */
  @Attack(Way.NESTED_NAMESPACES)
  @ParameterizedTest
  @MethodSource("denying")
  void noUserNamespaceIsMadeInside(Setting setting) {
    List<String> results = setting.sandbox().tries("unshare user", "clone user", "old-clone user");
    assertTrue(
        results.stream().allMatch(List.of("ENOSPC", "EPERM", "ENOSYS")::contains),
        results::toString);
  }

  @Attack(Way.NESTED_NAMESPACES)
  @ParameterizedTest
  @MethodSource("denying")
  void noOtherNamespaceIsMadeInside(Setting setting) {
    List<String> results =
        setting
            .sandbox()
            .tries("unshare mnt", "unshare pid", "unshare net", "unshare uts", "unshare ipc");
    assertEquals(java.util.Collections.nCopies(5, "EPERM"), results);
  }

  @Attack(Way.NESTED_NAMESPACES)
  @ParameterizedTest
  @MethodSource("denying")
  void theLimitIsNotRaised(Setting setting) {
    List<String> results =
        setting.sandbox().tries("scribble /proc/sys/user/max_user_namespaces", "unshare user");
    assertFalse(results.contains("ok"), results::toString);
  }

  private static final String MOUNTS_INSIDE = "unshare -Urm sh -c 'mount -t tmpfs x /tmp && ";

  @ParameterizedTest
  @EnumSource
  void balancedMountsInANestedNamespace(User user) {
    Shipped.BALANCED.as(user).sh(MOUNTS_INSIDE + "touch /tmp/here && ls /tmp'").prints("here");
  }

  /** Unlike a program of an ordinary user, one of root's mounts without making a user namespace. */
  @Test
  void balancedLetsRootMountWithoutAskingForMore() {
    Requires.root();
    Shipped.BALANCED
        .as(User.ROOT)
        .sh("unshare -m sh -c 'mount -t tmpfs x /tmp && ls -A /tmp | wc -l'")
        .prints("0");
  }

  /** Neither in the sandbox nor in a namespace inside can anything be uncovered. */
  @Attack(value = Way.UNCOVERING, design = "namespaces")
  @ParameterizedTest
  @EnumSource
  void nothingIsUndoneFromInside(User user) throws IOException {
    Path home = user.home();
    Files.writeString(home.resolve(".bashrc"), "# outside\n");
    Files.createDirectories(home.resolve(".ssh"));
    Files.writeString(home.resolve(".ssh/id_nested"), "secret\n");
    String attacks =
        "umount -l ~/.bashrc ~/.ssh /usr; mount -o remount,bind,rw /usr; mount -o remount,bind,rw ~/.bashrc;"
            + " echo x >>~/.bashrc; touch /usr/x; cat ~/.ssh/id_nested;";
    for (String script :
        List.of(
            attacks,
            "unshare -Urm sh -c '" + attacks + "'",
            "unshare -m sh -c '" + attacks + "'")) {
      assertEquals("", Shipped.BALANCED.as(user).sh(script).text());
      assertEquals("# outside\n", Files.readString(home.resolve(".bashrc")));
      assertFalse(Files.exists(Path.of("/usr/x")));
    }
  }

  @ParameterizedTest
  @EnumSource
  void sandboxNestsWhereItIsAskedTo(User user) {
    Requires.landlock(1);
    String mounts = MOUNTS_INSIDE + "echo mounted'";
    Sandbox sandbox = Shipped.SANDBOX.as(user).with("--identity=1000:1000");
    sandbox.with("--nesting").sh(mounts).prints("mounted");
    sandbox.sh(mounts).endsWith(1);
  }

  @ParameterizedTest
  @EnumSource
  void theOuterSandboxIsNamedWhereItStandsInTheWay(User user) {
    String dist = Product.distribution().toAbsolutePath().normalize().toString();
    Shipped.SANDBOX
        .as(user)
        .nesting()
        .with("--read=" + dist)
        .run(dist + "/bin/hexe-policy", "apply", "balanced", "--", "true")
        .refuses("the sandbox around this one", "`--nesting`");
  }

  @Test
  void thisProgramNestsThreeDeep() {
    String program = Product.distribution().toAbsolutePath().normalize() + "/bin/hexe-policy";
    String[] again = {
      program,
      "apply",
      "balanced",
      "--read=" + Product.distribution().toAbsolutePath().normalize(),
      "--"
    };
    Sandbox outer =
        Shipped.BALANCED
            .as(User.ORDINARY)
            .nesting()
            .with("--read=" + Product.distribution().toAbsolutePath().normalize());
    outer
        .run(
            Stream.of(again, again, new String[] {program, "apply", "full", "--", "id", "-u"})
                .flatMap(Stream::of)
                .toArray(String[]::new))
        .prints(Long.toString(User.ORDINARY.uid()));
  }

  /** Without Landlock the kernel asks for a capability first and answers EPERM. */
  @ParameterizedTest
  @MethodSource("denying")
  void landlockDeniesDeviceNodesInTheHome(Setting setting) {
    Requires.landlock(1);
    assertEquals(
        List.of("EACCES"), setting.sandbox().tries("mknod " + setting.user().home() + "/node"));
  }
}
