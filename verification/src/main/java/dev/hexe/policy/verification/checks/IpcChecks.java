package dev.hexe.policy.verification.checks;

import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.verification.act.Check;
import dev.hexe.policy.verification.act.CheckList;
import dev.hexe.policy.verification.act.Expectation;
import dev.hexe.policy.verification.environment.TestEnvironment;
import java.util.List;

/** System V IPC and POSIX message queues are private. */
final class IpcChecks {
  private final TestEnvironment scene;

  IpcChecks(TestEnvironment scene) {
    this.scene = scene;
  }

  List<Check> all() {
    return new CheckList(Guarantee.IPC)
        .addIf(scene.of("segment-key"), Expectation.denied(), "get-segment")
        .addIf(scene.of("segment-id"), Expectation.denied("EINVAL", "EIDRM"), "attach-segment")
        .addIf(scene.of("queue"), Expectation.denied(), "open-queue")
        .add(Expectation.allowed(), "own-segment")
        .all();
  }
}
