package dev.hexe.policy.conformance.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.Setting;
import dev.hexe.policy.conformance.harness.Shipped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every system call that a shipped profile's plan makes fails once, and each time no command runs.
 * What a plan has besides is failed in the launcher's own tests.
 */
@Order(1)
public final class FaultsTest {
  private static final Path SCRIPT = Path.of("src/test/sh/faults.sh");

  /** Calls that a plan needs. Of others, such as close or access, there is always another way. */
  private static final List<String> CALLS =
      List.of(
          ("read openat write mount fsopen fsconfig fsmount move_mount open_tree open_tree_attr"
                  + " mount_setattr openat2 mkdirat mknodat symlinkat fchmod fchdir pivot_root"
                  + " umount2 socket ioctl sethostname prctl capget capset chdir setsid setgroups"
                  + " landlock_create_ruleset landlock_add_rule landlock_restrict_self clone clone3"
                  + " unshare pipe2 socketpair setsockopt fcntl dup3 getrandom prlimit64 seccomp"
                  + " rt_sigprocmask execve")
              .split(" "));

  static Stream<Setting> settings() {
    return Setting.of(
        Shipped.MINIMAL, Shipped.BALANCED, Shipped.SANDBOX, Shipped.FULL, Shipped.ISOLATED);
  }

  @Attack(Way.FAULTS)
  @ParameterizedTest
  @MethodSource("settings")
  void aCallThatFailsLetsNothingRun(Setting setting) throws Exception {
    Requires.command("strace");
    // A home of its own: what other tests change in one is mounted anew meanwhile. Right in it
    // nothing new can be made where
    // Landlock alone keeps the next run.
    String home = setting.user().ownHome("faults").toString();
    Path directory = Path.of(home, "faults");
    Sandbox.none().as(setting.user()).sh("mkdir -p \"$1\"", directory.toString()).endsWith(0);
    String name = setting.profile().toString();
    Path plan = setting.user().outside().resolve(name + ".plan");
    setting.sandbox();
    Sandbox.program("compile", name, "--status-fd=3", "-o", plan.toString())
        .as(setting.user())
        .where("HOME", home)
        .in(directory)
        .alone()
        .endsWith(0);
    Result result =
        Sandbox.program(
                Stream.concat(
                        Stream.of(plan.toString(), directory.resolve("mark-" + name).toString()),
                        CALLS.stream())
                    .toArray(String[]::new))
            .as(setting.user())
            .where("HOME", home)
            .in(directory)
            .behind("sh", "-c", Files.readString(SCRIPT), "faults")
            .alone();
    assertEquals(List.of(), result.lines().stream().filter(it -> it.startsWith("bad")).toList());
    assertTrue(result.text().matches("tried [1-9][0-9]+"), result::toString);
  }
}
