package dev.hexe.policy.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.harness.Host;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Setting;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which devices exist. */
class DevicesTest {
  private static final Set<String> HARMLESS =
      Set.of(
          "null", "zero", "full", "random", "urandom", "tty", "ptmx", "pts", "shm", "fd", "stdin",
          "stdout", "stderr");

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#withNewRoot")
  void onlyHarmlessOnesExist(Setting setting) {
    assertEquals(new TreeSet<>(HARMLESS), new TreeSet<>(setting.inside().all("entry./dev")));
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#extremes")
  void theyWork(Setting setting) {
    assertEquals(
        Collections.nCopies(7, "ok"),
        setting
            .sandbox()
            .tries(
                "scribble /dev/null",
                "scribble /dev/zero",
                "read /dev/zero",
                "read /dev/random",
                "read /dev/urandom",
                "write /dev/ptmx",
                "create /dev/shm/x"));
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#extremes")
  void pseudoTerminalsAreTheirOwn(Setting setting) throws Exception {
    assertEquals("devpts", setting.inside().mount("/dev/pts").orElseThrow().type());
    List<String> inside = setting.sandbox().sh("ls /dev/pts; stat -c %d /dev/pts").lines();
    assertEquals("ptmx", inside.get(0));
    String outside = Files.getAttribute(Path.of("/dev/pts"), "unix:dev").toString();
    assertNotEquals(outside, inside.get(1));
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#extremes")
  void sharedMemoryIsTheirOwn(Setting setting) throws Exception {
    Path shared = Path.of("/dev/shm/hexe-conformance-" + setting.profile());
    Files.writeString(shared, "x");
    try {
      assertEquals(List.of("ENOENT"), setting.sandbox().tries("look " + shared));
    } finally {
      Files.delete(shared);
    }
  }

  @Test
  void isolatedDeniesTheOthersEvenToRoot() {
    Requires.root();
    List<String> denied =
        List.of("/dev/mem", "/dev/kmsg", "/dev/vda", "/dev/fuse", "/dev/kvm", "/dev/console")
            .stream()
            .filter(path -> Files.exists(Path.of(path)))
            .toList();
    assertTrue(!denied.isEmpty(), "no device to try; " + Host.read("/proc/devices"));
    String[] acts = denied.stream().map(path -> "read " + path).toArray(String[]::new);
    assertEquals(
        Collections.nCopies(denied.size(), "EACCES"), Shipped.ISOLATED.as(User.ROOT).tries(acts));
  }
}
