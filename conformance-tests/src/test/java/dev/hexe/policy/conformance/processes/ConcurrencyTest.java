package dev.hexe.policy.conformance.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.Running;
import dev.hexe.policy.conformance.harness.Setting;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two sandboxes of one user at once. */
class ConcurrencyTest {
  @Attack(Way.OUTSIDERS)
  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#extremes")
  void doNotSeeEachOther(Setting setting) {
    String mark = "7" + System.nanoTime();
    String first =
        "touch /tmp/first /dev/shm/first; sleep " + mark + " & echo ready; read x; kill $!";
    try (Running other = setting.sandbox().start("sh", "-c", first)) {
      assertEquals("ready", other.line());
      setting
          .sandbox()
          .sh("ls /tmp /dev/shm | grep first; cat /proc/[0-9]*/comm | grep -x sleep; echo none")
          .prints("none");
      other.endInput();
      other.status();
    }
  }
}
