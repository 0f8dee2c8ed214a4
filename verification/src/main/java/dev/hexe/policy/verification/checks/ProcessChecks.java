package dev.hexe.policy.verification.checks;

import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.verification.act.Check;
import dev.hexe.policy.verification.act.CheckList;
import dev.hexe.policy.verification.act.Expectation;
import dev.hexe.policy.verification.environment.TestEnvironment;
import java.util.List;
import java.util.Optional;

/** Other processes are neither seen nor reached. */
final class ProcessChecks {
  private final String process;
  private final String address;
  private final Optional<String> key;

  ProcessChecks(TestEnvironment scene) {
    key = scene.of("key");
    process = required(scene, "process");
    address = required(scene, "address");
  }

  private static String required(TestEnvironment scene, String name) {
    Optional<String> value = scene.of(name);
    return value.orElseThrow(
        () -> new IllegalArgumentException("the bystander has no `" + name + "`"));
  }

  List<Check> invisible() {
    return new CheckList(Guarantee.PROCESSES_INVISIBLE)
        .add(Expectation.absent("ENOENT"), "see-process", process)
        .add(Expectation.absent("ESRCH"), "guess-process", process)
        .add(Expectation.absent("ENOENT"), "read-environment", process)
        .all();
  }

  List<Check> unreachable() {
    CheckList trials = new CheckList(Guarantee.PROCESSES_UNREACHABLE);
    trials
        .add(Expectation.denied(), "signal-process", process)
        .add(Expectation.denied(), "trace-process", process)
        .add(Expectation.denied(), "read-memory", process, address)
        .add(Expectation.denied(), "open-write", "/proc/" + process + "/mem")
        .add(Expectation.denied(), "read-environment", process)
        .add(Expectation.denied(), "enter-root", process)
        .add(Expectation.denied(), "enter-namespace", process, "mnt")
        .add(Expectation.denied(), "take-descriptor", process)
        // Inside a pid namespace this is the sandbox's own first process, which must hold firm.
        .add(Expectation.denied(), "trace-process", 1)
        .add(Expectation.denied(), "open-write", "/proc/1/mem")
        .add(Expectation.denied(), "limit-process", process)
        .add(Expectation.denied(), "slow-process-down", process)
        .add(Expectation.denied(), "move-process", process)
        .add(Expectation.allowed(), "signal-child");
    key.ifPresent(name -> trials.add(Expectation.denied("ENOKEY"), "find-key", name));
    return trials.all();
  }
}
