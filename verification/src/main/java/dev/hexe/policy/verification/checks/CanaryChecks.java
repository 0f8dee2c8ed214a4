package dev.hexe.policy.verification.checks;

import dev.hexe.policy.verification.act.CheckList;
import dev.hexe.policy.verification.act.Expectation;
import dev.hexe.policy.verification.environment.ListedPaths;
import dev.hexe.policy.verification.environment.TestEnvironment;
import java.nio.file.Path;

/** Trials on files that no list covers. */
final class CanaryChecks {
  private final CheckList trials;
  private final ListedPaths listed;
  private final boolean absent;

  CanaryChecks(CheckList trials, ListedPaths listed, boolean absent) {
    this.trials = trials;
    this.listed = listed;
    this.absent = absent;
  }

  void add(TestEnvironment scene) {
    scene
        .canary()
        .ifPresentOrElse(
            this::add,
            () ->
                trials.omit(
                    unreachable(),
                    "open-read of an unlisted file",
                    "the caller can make no file that is unlisted"));
  }

  /** Files that are denied and not absent may be seen, and connected to where they are sockets. */
  private void add(Path canary) {
    Path secret = canary.resolve(TestEnvironment.SECRET);
    if (absent) {
      trials
          .add(unreachable(), "stat", secret)
          .add(unreachable(), "connect-unix", canary.resolve(TestEnvironment.SOCKET));
    }
    if (!listed.lists(canary)) {
      trials.add(unreachable(), "list", canary);
    }
    trials
        .add(unreachable(), "open-read", secret)
        .add(unreachable(), "open-write", secret)
        .add(unreachable(), "truncate", secret)
        .add(unreachable(), "create-file", canary.resolve("new"))
        .add(unreachable(), "execute", canary.resolve(TestEnvironment.PROGRAM))
        .add(unreachable(), "rename", canary.resolve(TestEnvironment.SPARE))
        .add(unreachable(), "remove", canary.resolve(TestEnvironment.SPARE))
        .add(Expectation.denied(), "leave-root", secret);
  }

  private Expectation unreachable() {
    return absent ? Expectation.absent("ENOENT") : Expectation.denied("EXDEV");
  }
}
