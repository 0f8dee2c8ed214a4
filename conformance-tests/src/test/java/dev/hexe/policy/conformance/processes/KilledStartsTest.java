package dev.hexe.policy.conformance.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Running;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Starts that are killed at random moments leave nothing: no process, no mount, no directory, no
 * half of a plan, and no control group but for the next start, which removes what a killed launcher
 * could not. {@code -Dhexe.kills=1000} kills as many in each design.
 */
@Isolated // it looks for what is left, and must not find what others are using
class KilledStartsTest {
  private static final int KILLS = Integer.getInteger("hexe.kills", 60);

  /** Longer than a warm start takes, so that some are killed when the command runs. */
  private static final int LONGEST_MICROSECONDS = 20_000;

  @ParameterizedTest(name = "{0} as {1}")
  @CsvSource({
    "sandbox, ROOT",
    "sandbox, ORDINARY",
    "full --overlay, ROOT",
    "full --overlay, ORDINARY",
    "isolated, ROOT",
    "isolated, ORDINARY"
  })
  void nothingIsLeft(String design, User user) {
    if (design.startsWith("isolated")) {
      Requires.landlock(3);
    } else {
      Requires.namespaces(user);
    }
    String marker = "4" + Math.abs((design + user).hashCode() % 10_000) + "59";
    Path home = user.outside().resolve("killed-" + marker);
    Sandbox.profile("none")
        .as(user)
        .sh(
            "mkdir -p \"$1/lower\" \"$1/upper\" \"$1/work\" && touch \"$1/lower/x\"",
            home.toString())
        .endsWith(0);
    Sandbox sandbox =
        Sandbox.profile(design.split(" ", 2)[0]).as(user).with("--setenv=M=" + marker);
    if (design.endsWith("--overlay")) {
      sandbox =
          sandbox.with(
              "--overlay=" + home + "/lower:/kept:upper=" + home + "/upper,work=" + home + "/work");
    }
    sandbox.run("true");
    String before = left(user, marker);
    Random random = new Random(design.hashCode());
    for (int i = 0; i < KILLS; i++) {
      try (Running started = sandbox.start("sleep", marker)) {
        LockSupport.parkNanos(random.nextInt(LONGEST_MICROSECONDS) * 1_000L);
        started.signal("KILL");
        started.status();
      }
    }
    sandbox.run("true").endsWith(0);
    String after = left(user, marker);
    for (int i = 0; i < 100 && !after.equals(before); i++) {
      // The kernel takes a moment to end the processes of a namespace whose first one was killed.
      LockSupport.parkNanos(100_000_000L);
      sandbox.run("true").endsWith(0);
      after = left(user, marker);
    }
    assertEquals(before, after);
  }

  /** Everything outside that a start makes, by name. */
  private static String left(User user, String marker) {
    Result result =
        Sandbox.profile("none")
            .as(user)
            .sh(
                "for p in /proc/[0-9]*; do tr '\\0' ' ' <$p/cmdline 2>/dev/null | grep -q \"^sleep $1 \" && echo process; done;"
                    + " ls -A \"$XDG_RUNTIME_DIR/hexe-policy\" | grep -v '\\.plan$'; ls -A /tmp | grep -E '^hexe-[0-9a-f]{16}$';"
                    + " grep -c . /proc/self/mountinfo; find /sys/fs/cgroup -name 'hexe-*' 2>/dev/null; true",
                marker);
    return result.text();
  }
}
