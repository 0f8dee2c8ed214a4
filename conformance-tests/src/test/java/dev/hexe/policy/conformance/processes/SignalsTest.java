package dev.hexe.policy.conformance.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.Host;
import dev.hexe.policy.conformance.harness.Patience;
import dev.hexe.policy.conformance.harness.Running;
import dev.hexe.policy.conformance.harness.Setting;
import dev.hexe.policy.conformance.harness.Shipped;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Signals reach the command, and nothing outlives it. */
class SignalsTest {
  private static final String LOYAL =
      """
      for s in HUP INT QUIT USR1 USR2 ALRM; do trap "echo $s" $s; done
      trap 'echo TERM; exit 7' TERM
      echo ready
      while :; do sleep 0.05; done
      """;

  static Stream<Setting> shapes() {
    return Setting.of(Shipped.FULL, Shipped.ISOLATED);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void areForwarded(Setting setting) {
    try (Running command = setting.sandbox().start("bash", "-c", LOYAL)) {
      assertEquals("ready", command.line());
      for (String signal : new String[] {"HUP", "INT", "QUIT", "USR1", "USR2", "ALRM", "TERM"}) {
        command.signal(signal);
        assertEquals(signal, command.line());
      }
      assertEquals(7, command.status());
    }
  }

  @Attack(Way.SUPERVISOR)
  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#extremes")
  void everythingDiesWithTheSupervisor(Setting setting) {
    String mark = "9" + System.nanoTime();
    try (Running command =
        setting
            .sandbox()
            .start("sh", "-c", "setsid sleep " + mark + " & echo ready; sleep " + mark)) {
      assertEquals("ready", command.line());
      Patience.until("it runs", () -> Host.processWith(mark).isPresent());
      command.signal("KILL");
      assertEquals(137, command.status());
      Patience.until("all of it is gone", () -> Host.processWith(mark).isEmpty());
    }
  }

  @Attack(Way.ORPHANS)
  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#extremes")
  void orphansEndWithTheCommand(Setting setting) {
    String mark = "8" + System.nanoTime();
    setting
        .sandbox()
        .sh("setsid sleep " + mark + " >/dev/null 2>&1 & sleep 0.1; echo started")
        .prints("started");
    Patience.until("the orphan is gone", () -> Host.processWith(mark).isEmpty());
  }
}
