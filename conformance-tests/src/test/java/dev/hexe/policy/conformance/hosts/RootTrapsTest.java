package dev.hexe.policy.conformance.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.Setting;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.User;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files of procfs and sysfs ask for uid 0 of the first user namespace, not for a capability; a
 * sandbox that root starts has that uid.
 */
class RootTrapsTest {
  static Stream<Setting> ofRoot() {
    return Stream.of(Shipped.BALANCED, Shipped.SANDBOX, Shipped.FULL, Shipped.ISOLATED)
        .map(profile -> new Setting(profile, User.ROOT));
  }

  @Attack(Way.KERNEL)
  @ParameterizedTest
  @MethodSource("ofRoot")
  void theKernelIsNotGivenAProgramToRun(Setting setting) {
    List<String> results =
        setting
            .sandbox()
            .tries(
                "write /proc/sys/kernel/core_pattern",
                "write /proc/sys/kernel/modprobe",
                "write /proc/sysrq-trigger",
                "write /sys/kernel/uevent_helper");
    assertTrue(
        results.stream().allMatch(List.of("EROFS", "EACCES", "ENOENT")::contains),
        results::toString);
  }

  @Attack(Way.KERNEL)
  @ParameterizedTest
  @MethodSource("ofRoot")
  void noFileOfTheKernelIsWritten(Setting setting) {
    setting
        .sandbox()
        .sh(
            """
            find /proc -type f -perm /222 ! -perm -002 ! -path '/proc/[0-9]*' 2>/dev/null |
            while read -r file; do
              if (exec 3<>"$file") 2>/dev/null; then echo "$file"; fi
            done
            """)
        .prints("");
  }

  @Attack(Way.KERNEL)
  @ParameterizedTest
  @MethodSource("ofRoot")
  void theKernelsMemoryIsNotRead(Setting setting) {
    List<String> results =
        setting.sandbox().tries("read /proc/kcore", "read /proc/kmsg", "read /dev/mem");
    assertEquals(
        3,
        results.stream().filter(List.of("EPERM", "EACCES", "ENOENT", "EIO")::contains).count(),
        results::toString);
  }
}
