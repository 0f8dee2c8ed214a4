package dev.hexe.policy.conformance.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.Setting;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.SmallProgram;
import dev.hexe.policy.conformance.harness.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs of 32 bits run everywhere, under the same filters. Numbers are those of i386. */
class SecondaryProgramsTest {
  private static final int EPERM = -1;
  private static final int ENOSYS = -38;
  private static final int EAFNOSUPPORT = -97;

  private static List<Integer> answers(Setting setting, String... calls) {
    return answers(setting.sandbox(), setting.user(), calls);
  }

  private static List<Integer> answers(Sandbox sandbox, User user, String... calls) {
    String[] command = new String[calls.length + 1];
    command[0] = SmallProgram.in(user);
    System.arraycopy(calls, 0, command, 1, calls.length);
    return sandbox.run(command).endsWith(0).lines().stream().map(Integer::valueOf).toList();
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#all")
  void theyRun(Setting setting) {
    assertTrue(answers(setting, "20").get(0) > 0);
  }

  @ParameterizedTest
  @EnumSource
  void localSocketsAreMadeAndThoseToTheHypervisorAreNot(User user) {
    List<Integer> answers =
        answers(new Setting(Shipped.FULL, user), "359,1,1,0", "359,40,1,0", "102,1,0");
    assertTrue(answers.get(0) > 0, answers::toString);
    assertEquals(EAFNOSUPPORT, answers.get(1), "socket");
    assertEquals(EAFNOSUPPORT, answers.get(2), "socketcall, behind which no family is seen");
  }

  @Attack(Way.SMALL_CALLS)
  @ParameterizedTest
  @EnumSource
  void noUserNamespaceIsMade(User user) {
    List<Integer> answers =
        answers(new Setting(Shipped.FULL, user), "310,268435456", "120,268435456", "435", "346,0");
    assertEquals(List.of(EPERM, EPERM, ENOSYS, EPERM), answers, "unshare, clone, clone3, setns");
  }

  @Attack(value = Way.TERMINAL, design = "namespaces")
  @ParameterizedTest
  @EnumSource
  void nothingIsTypedIntoTheTerminal(User user) {
    List<Integer> answers =
        answers(new Setting(Shipped.BALANCED, user), "54,99,21522", "54,99,21532", "54,99,21523");
    assertEquals(List.of(EPERM, EPERM, -9), answers, "TIOCSTI, TIOCLINUX, TIOCGWINSZ");
  }

  @Attack(Way.RARE_CALLS)
  @ParameterizedTest
  @EnumSource
  void listedCallsFail(User user) {
    List<Integer> answers =
        answers(new Setting(Shipped.SANDBOX, user), "357", "336", "425", "88", "286");
    assertEquals(
        List.of(EPERM, EPERM, ENOSYS, EPERM, EPERM),
        answers,
        "bpf, perf_event_open, io_uring_setup, reboot, add_key");
  }

  /** The kernel takes the low half of the first argument of {@code ipc}, the rest is a version. */
  @Attack(value = Way.SMALL_CALLS, design = "no design")
  @ParameterizedTest
  @EnumSource
  void aCallIsDeniedByEveryNameItHas(User user) throws IOException {
    Path profile = user.outside().resolve("queues.yaml");
    Files.writeString(
        profile, "privileges: {deny-system-calls: [msgget, mq_open, semtimedop, umount2]}\n");
    String[] calls = {"399,1,512", "117,13,1,512", "117,65549,1,512", "277", "420", "117,4", "22"};
    assertFalse(answers(Shipped.NONE.as(user), user, calls).subList(0, 6).contains(EPERM));
    assertEquals(
        Collections.nCopies(calls.length, EPERM),
        answers(Sandbox.profile(profile.toString()).as(user), user, calls),
        "msgget, ipc, ipc with a version, mq_open, semtimedop_time64, ipc, umount");
  }
}
