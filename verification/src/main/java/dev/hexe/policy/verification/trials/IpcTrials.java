package dev.hexe.policy.verification.trials;

import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.verification.Expectation;
import dev.hexe.policy.verification.Scene;
import dev.hexe.policy.verification.Trial;
import java.util.List;

/** System V IPC and POSIX message queues are private. */
final class IpcTrials {
  private final Scene scene;

  IpcTrials(Scene scene) {
    this.scene = scene;
  }

  List<Trial> all() {
    return new TrialList(Guarantee.IPC)
        .addIf(scene.of("segment-key"), Expectation.denied(), "get-segment")
        .addIf(scene.of("segment-id"), Expectation.denied("EINVAL", "EIDRM"), "attach-segment")
        .addIf(scene.of("queue"), Expectation.denied(), "open-queue")
        .add(Expectation.allowed(), "own-segment")
        .all();
  }
}
