package dev.hexe.policy.cli.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.host.Outcome;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.plan.PlanWriter;
import dev.hexe.policy.api.plan.Processes;
import dev.hexe.policy.engine.rules.PolicyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherProbesTest {
  private static final Plan PLAN = new Plan(List.of(Processes.clone3Query()));

  @TempDir Path directory;

  @Test
  void plansGoInAndOutcomesComeOut() throws IOException {
    Path seen = directory.resolve("seen");
    LauncherProbes probes =
        launcher("[ \"$1\" = --probe ] && cat > '" + seen + "'; echo ok 1; echo killed SIGKILL");
    assertEquals(
        List.of(Outcome.success(1), Outcome.failure("probe", "SIGNAL SIGKILL")),
        probes.run(List.of(PLAN, PLAN)));
    assertEquals(2L * PlanWriter.write(PLAN).length, Files.size(seen));
  }

  @Test
  void withoutPlansNothingIsStarted() {
    assertEquals(List.of(), new LauncherProbes("/no/such/launcher").run(List.of()));
  }

  @Test
  void aLauncherThatFailsIsAnError() throws IOException {
    refuses(launcher("cat >/dev/null; echo ok 1; exit 125"), "status 125");
    refuses(launcher("exit 1"), "status 1");
    refuses(launcher("cat >/dev/null; echo ok 1; kill -KILL $$"), "status 137");
  }

  @Test
  void aLauncherThatHangsIsEnded() throws IOException {
    refuses(launcher("exec sleep 60"), "within 1 s");
  }

  @Test
  void aLauncherThatIsMissingIsAnError() {
    refuses(new LauncherProbes("/no/such/launcher"), "cannot try anything");
  }

  private static void refuses(LauncherProbes probes, String message) {
    PolicyException refused = assertThrows(PolicyException.class, () -> probes.run(List.of(PLAN)));
    assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
  }

  private LauncherProbes launcher(String script) throws IOException {
    Path file = Files.createTempFile(directory, "launcher", "");
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return new LauncherProbes(file.toString(), 1);
  }
}
