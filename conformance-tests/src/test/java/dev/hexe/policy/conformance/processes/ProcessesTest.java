package dev.hexe.policy.conformance.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Running;
import dev.hexe.policy.conformance.harness.Setting;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.User;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The processes that a command sees, and its power over them. */
class ProcessesTest {
  private static final String[] ATTACKS = {
    "trace %d",
    "write-memory %d",
    "memory-file %d",
    "its-root %d",
    "its-environment %d",
    "take-descriptor %d",
    "set-namespace /proc/%d/ns/mnt"
  };

  private static String[] attacksOn(long pid) {
    return Stream.of(ATTACKS).map(attack -> attack.formatted(pid)).toArray(String[]::new);
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#withNewRoot")
  void onlyThoseOfTheSandboxAreSeen(Setting setting) {
    List<String> seen = setting.inside().all("process");
    assertTrue(seen.contains("1") && seen.size() <= 4, seen::toString);
    assertEquals("proc", setting.inside().mount("/proc").orElseThrow().type());
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#withNewRoot")
  void theFirstProcessIsTheSandboxesOwn(Setting setting) {
    // Uid 0 that may start sandboxes inside has its ids mapped by a process that has ended by then.
    boolean nested = setting.profile() == Shipped.BALANCED && setting.user() == User.ROOT;
    assertEquals(nested ? "3" : "2", setting.inside().one("pid"));
    assertEquals("1", setting.inside().one("parent"));
  }

  @Attack(Way.OUTSIDERS)
  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#extremes")
  void thoseOutsideDoNotExist(Setting setting) {
    try (Running outsider = Shipped.NONE.as(setting.user()).start("sh", "-c", "echo; read x")) {
      outsider.line();
      List<String> results =
          setting.sandbox().tries("signal " + outsider.pid(), "trace " + outsider.pid());
      assertEquals(List.of("ESRCH", "ESRCH"), results);
    }
  }

  static Stream<Setting> strict() {
    return Setting.of(Shipped.SANDBOX, Shipped.FULL);
  }

  @Attack(Way.FIRST_PROCESS)
  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#extremes")
  void theFirstProcessIsNotAttacked(Setting setting) {
    List<String> results = setting.sandbox().tries(attacksOn(1));
    assertTrue(results.stream().allMatch(List.of("EPERM", "EACCES")::contains), results::toString);
  }

  @Attack(Way.FIRST_PROCESS)
  @ParameterizedTest
  @MethodSource("strict")
  void theFirstProcessHoldsNothingTheCommandLacks(Setting setting) {
    String sets = "grep -E '^(Cap|NoNewPrivs|Seccomp)' /proc/%s/status";
    List<String> lines =
        setting.sandbox().sh(sets.formatted("1") + "; " + sets.formatted("self")).lines();
    int half = lines.size() / 2;
    assertEquals(lines.subList(half, lines.size()), lines.subList(0, half));
  }

  @Attack(Way.FIRST_PROCESS)
  @ParameterizedTest
  @MethodSource("strict")
  void theFirstProcessIsNotKilled(Setting setting) {
    setting.sandbox().sh("kill -KILL 1; kill -STOP 1; sleep 0.1; echo alive").prints("alive");
  }

  @Attack(value = Way.OUTSIDERS, design = "Landlock alone")
  @ParameterizedTest
  @EnumSource
  void isolatedReachesNoProcessOutside(User user) {
    Requires.landlock(6);
    try (Running outsider = Shipped.NONE.as(user).start("sh", "-c", "echo; read x")) {
      outsider.line();
      List<String> results = Shipped.ISOLATED.as(user).tries(attacksOn(outsider.pid()));
      assertTrue(
          results.stream().allMatch(List.of("EPERM", "EACCES")::contains), results::toString);
      assertEquals(List.of("EPERM"), Shipped.ISOLATED.as(user).tries("signal " + outsider.pid()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutAProfileTheAttacksSucceed(User user) {
    try (Running outsider = Shipped.NONE.as(user).start("sh", "-c", "echo; read x")) {
      outsider.line();
      List<String> attacks =
          List.of("signal %d", "trace %d", "memory-file %d", "its-root %d", "its-environment %d");
      String[] acts =
          attacks.stream().map(act -> act.formatted(outsider.pid())).toArray(String[]::new);
      assertEquals(Collections.nCopies(5, "ok"), Shipped.NONE.as(user).tries(acts));
    }
  }

  @ParameterizedTest
  @EnumSource
  void isolatedTakesThePlaceOfTheLauncher(User user) {
    try (Running command = Shipped.ISOLATED.as(user).start("sh", "-c", "echo $$; read x")) {
      assertEquals(Long.toString(command.pid()), command.line());
      command.endInput();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSupervisorIsThereWhereOneIsNeeded(User user) {
    try (Running command = Shipped.FULL.as(user).start("sh", "-c", "echo $$; read x")) {
      assertNotEquals(Long.toString(command.pid()), command.line());
      command.endInput();
    }
  }
}
