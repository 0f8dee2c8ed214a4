package dev.hexe.policy.verification.checks;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Effect;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.verification.act.Check;
import dev.hexe.policy.verification.act.CheckList;
import dev.hexe.policy.verification.act.Expectation;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** Only harmless devices exist. */
final class DeviceChecks {
  /** Devices that may be opened without a consequence, should that succeed. */
  private static final List<String> POWERFUL =
      List.of(
          "/dev/kmsg", "/dev/mem", "/dev/kvm", "/dev/fuse", "/dev/net/tun", "/dev/vda", "/dev/sda");

  private DeviceChecks() {}

  static List<Check> all(Decisions decisions) {
    CheckList trials = new CheckList(Guarantee.DEVICES);
    trials.add(Expectation.value("none", String::isEmpty), "other-devices");
    POWERFUL.stream()
        .filter(device -> Files.exists(Path.of(device), LinkOption.NOFOLLOW_LINKS))
        .forEach(device -> trials.add(Expectation.denied("ENXIO"), "open-read", device));
    if (decisions.has(Guarantee.DEVICES, Effect.OWN_TERMINALS)) {
      trials.add(Expectation.allowed(), "open-read", "/dev/ptmx");
    }
    return trials
        .add(Expectation.denied(), "make-device")
        .add(Expectation.allowed(), "open-write", "/dev/null")
        .add(Expectation.allowed(), "open-read", "/dev/urandom")
        .all();
  }
}
