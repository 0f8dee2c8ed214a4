package dev.hexe.policy.verification.checks;

import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Limits.CpuQuota;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.verification.act.Act;
import dev.hexe.policy.verification.act.Answer;
import dev.hexe.policy.verification.act.Answer.Kind;
import dev.hexe.policy.verification.act.Check;
import dev.hexe.policy.verification.act.CheckList;
import dev.hexe.policy.verification.act.Expectation;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Memory, processes and processor time are limited. Limits that are too large are not tried. */
public final class LimitChecks {
  private static final String ALLOCATE = "allocate";
  private static final String OUTLIVE = "outlive";

  /** Who takes too much memory, or too much time, takes everybody in the sandbox along. */
  public static final Set<String> ALONE = Set.of(ALLOCATE, TmpChecks.FILL, OUTLIVE);

  private static final long MEBIBYTE = 1L << 20;
  private static final long MOST_MEMORY = 1024 * MEBIBYTE;
  private static final long MOST_PIDS = 4096;
  private static final int BURN = 1500;

  /** Longer than a time limit that was shortened, and less than the launcher's patience. */
  private static final long LONG = 2 * Deadlines.LONGEST + 3_000;

  /** Other work delays, and a period may be begun: this is about an order of magnitude. */
  private static final double TOLERANCE = 1.4;

  private LimitChecks() {}

  static List<Check> memory(Profile profile) {
    CheckList trials = new CheckList(Guarantee.MEMORY);
    // Who is slowed down does not get there.
    boolean slows = profile.limits().memoryHigh().isPresent();
    Expectation limited =
        Expectation.limited(
            answer ->
                answer.failedWith("ENOMEM")
                    || isKilled(answer)
                    || (slows && answer.kind() == Kind.TIMEOUT));
    OptionalLong limit = profile.limits().memory();
    if (limit.isEmpty()) {
      return trials.omit(limited, "allocate more", "it would only be slowed down").all();
    }
    long bytes = limit.getAsLong();
    if (bytes > MOST_MEMORY) {
      return trials.omit(limited, "allocate more", "the limit is too large to be tried").all();
    }
    return trials
        .add(Expectation.allowed(), ALLOCATE, bytes / 4)
        .add(limited, ALLOCATE, bytes + bytes / 4 + 16 * MEBIBYTE)
        .all();
  }

  static List<Check> pids(Profile profile) {
    CheckList trials = new CheckList(Guarantee.PIDS);
    Expectation limited = Expectation.limited(answer -> answer.failedWith("EAGAIN"));
    long pids = profile.limits().pids().orElse(Long.MAX_VALUE);
    if (pids > MOST_PIDS) {
      return trials.omit(limited, "fork-many", "the limit is too large to be tried").all();
    }
    if (pids >= 16) {
      trials.add(Expectation.allowed(), "fork-many", pids / 4);
    }
    return trials.add(limited, "fork-many", pids + 1).all();
  }

  static List<Check> cpu(Profile profile) {
    CheckList trials = new CheckList(Guarantee.CPU);
    CpuQuota quota = profile.limits().cpu();
    double share = quota == null ? Double.MAX_VALUE : (double) quota.quota() / quota.period();
    double most = share * BURN * TOLERANCE;
    Expectation slowed =
        Expectation.value(
            quota == null ? "its share" : "at most %.0f ms in %d".formatted(share * BURN, BURN),
            value -> Double.parseDouble(value) <= most);
    if (quota == null) {
      return trials
          .omit(slowed, "burn", "a share shows only beside others that want processors")
          .all();
    }
    if (share * TOLERANCE >= Runtime.getRuntime().availableProcessors()) {
      return trials.omit(slowed, "burn", "there are no more processors than it may use").all();
    }
    return trials.add(slowed, "burn", BURN, (long) Math.ceil(share) + 1).all();
  }

  /** Asked to end, the act does not. */
  static List<Check> time(Profile profile) {
    Expectation ended =
        Expectation.limited(answer -> isKilled(answer) || isKilledBy(answer, "SIGTERM"));
    long limit = profile.limits().time().orElse(Long.MAX_VALUE);
    String shortened = limit > Deadlines.LONGEST ? ", shortened for this" : "";
    return new CheckList(Guarantee.TIME)
        .add(ended, Act.of(OUTLIVE, LONG).called(OUTLIVE + " the limit" + shortened))
        .all();
  }

  /** Whether the kernel ended who wanted too much memory. */
  static boolean isKilled(Answer answer) {
    return isKilledBy(answer, "SIGKILL");
  }

  private static boolean isKilledBy(Answer answer, String signal) {
    return answer.kind() == Kind.SIGNAL && answer.detail().startsWith(signal);
  }

  /** Whether this act is about time. */
  public static boolean takesTime(Act act) {
    return act.name().equals(OUTLIVE);
  }
}
