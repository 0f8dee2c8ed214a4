package dev.hexe.policy.verification.checks;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Effect;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.verification.act.Act;
import dev.hexe.policy.verification.act.Answer;
import dev.hexe.policy.verification.act.Check;
import dev.hexe.policy.verification.act.CheckList;
import dev.hexe.policy.verification.act.Expectation;
import dev.hexe.policy.verification.environment.ListedPaths;
import dev.hexe.policy.verification.environment.TestEnvironment;
import java.nio.file.Path;
import java.util.List;

/** {@code /tmp} is private. */
final class TmpChecks {
  /** Where the sandbox has temporary files: {@code /tmp}, or what stands for it. */
  private static final String TMP = "@tmp";

  /** Takes memory. */
  static final String FILL = "fill";

  private static final long MEBIBYTE = 1L << 20;
  private static final long MOST = 2048 * MEBIBYTE;

  private final long size;
  private final boolean limitsMemory;
  private final boolean readOnly;
  private final String outside;
  private final long entries;

  TmpChecks(Profile profile, Decisions decisions, TestEnvironment scene) {
    size = profile.files().tmp().size();
    readOnly = profile.files().forbidsWriting("/tmp");
    limitsMemory = profile.limits().memory().isPresent();
    outside = scene.temporary().toString();
    // A directory that stands for /tmp holds nothing of what is listed below that.
    entries =
        isMounted(decisions)
            ? new ListedPaths(profile.files(), scene.workingDirectory()).entries(Path.of("/tmp"))
            : 0;
  }

  private static boolean isMounted(Decisions decisions) {
    return decisions
        .of(Guarantee.TMP)
        .flatMap(Decision::chosen)
        .filter(mechanism -> !mechanism.has(Effect.STANDS_ELSEWHERE))
        .isPresent();
  }

  List<Check> all() {
    CheckList trials =
        new CheckList(Guarantee.TMP)
            .add(
                Expectation.value(Long.toString(entries)),
                Act.of("entries", TMP).called("entries /tmp"))
            .add(Expectation.absent("ENOENT"), "stat", outside)
            .add(Expectation.absent("ENOENT"), "open-read", outside)
            .add(Expectation.absent("ENOENT"), "open-write", outside)
            .add(
                readOnly ? Expectation.denied() : Expectation.allowed(),
                Act.of("create-file", TMP + "/new").called("create-file /tmp/new"))
            .add(Expectation.denied("EINVAL"), "unmount", "/tmp");
    Expectation limited = Expectation.limited(this::isFull);
    if (readOnly) {
      return trials.all();
    }
    if (size > MOST) {
      return trials.omit(limited, "fill /tmp", "it is too large to be tried").all();
    }
    Act fill = Act.of(FILL, TMP, size + MEBIBYTE);
    return trials.add(limited, fill.called("fill /tmp " + (size + MEBIBYTE))).all();
  }

  // What is in /tmp is memory, and of that there may be less.
  private boolean isFull(Answer answer) {
    return answer.failedWith("ENOSPC") || (limitsMemory && LimitChecks.isKilled(answer));
  }
}
