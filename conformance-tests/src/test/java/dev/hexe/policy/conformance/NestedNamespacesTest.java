package dev.hexe.policy.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Setting;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.User;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Namespaces inside the sandbox are no way out of it. */
class NestedNamespacesTest {
  static Stream<Setting> denying() {
    return Setting.of(Shipped.SANDBOX, Shipped.FULL);
  }

  /** ENOSPC is a limit of zero, EPERM a filter, and ENOSYS a filter that cannot see flags. */
  @ParameterizedTest
  @MethodSource("denying")
  void noUserNamespaceIsMadeInside(Setting setting) {
    List<String> results = setting.sandbox().tries("unshare user", "clone user", "old-clone user");
    assertTrue(
        results.stream().allMatch(List.of("ENOSPC", "EPERM", "ENOSYS")::contains),
        results::toString);
  }

  @ParameterizedTest
  @MethodSource("denying")
  void noOtherNamespaceIsMadeInside(Setting setting) {
    List<String> results =
        setting
            .sandbox()
            .tries("unshare mnt", "unshare pid", "unshare net", "unshare uts", "unshare ipc");
    assertEquals(java.util.Collections.nCopies(5, "EPERM"), results);
  }

  @ParameterizedTest
  @MethodSource("denying")
  void theLimitIsNotRaised(Setting setting) {
    List<String> results =
        setting.sandbox().tries("scribble /proc/sys/user/max_user_namespaces", "unshare user");
    assertFalse(results.contains("ok"), results::toString);
  }

  /** Full capabilities in a namespace of one's own, and still no mount: that is Landlock. */
  @ParameterizedTest
  @EnumSource
  void balancedMountsNothingEvenInANestedNamespace(User user) {
    Requires.landlock(1);
    assertEquals(
        List.of("ok", "EPERM"),
        Shipped.BALANCED.as(user).tries("unshare user", "nested-mount /tmp"));
  }

  /** Without Landlock the kernel asks for a capability first and answers EPERM. */
  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#extremes")
  void landlockDeniesDeviceNodesInTheHome(Setting setting) {
    Requires.landlock(1);
    assertEquals(
        List.of("EACCES"), setting.sandbox().tries("mknod " + setting.user().home() + "/node"));
  }
}
