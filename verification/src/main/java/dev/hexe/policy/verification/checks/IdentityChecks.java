package dev.hexe.policy.verification.checks;

import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Effect;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Identity;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.verification.act.Check;
import dev.hexe.policy.verification.act.CheckList;
import dev.hexe.policy.verification.act.Expectation;
import dev.hexe.policy.verification.environment.TestEnvironment;
import java.util.List;

/** Tries the ids that one has inside, and can get. */
final class IdentityChecks {
  /** Kernels without one of the calls answer ENOSYS, as the filter does for one of them. */
  private static final Expectation SET_ID_DENIED = Expectation.denied("EPERM", "ENOSYS");

  private static final List<String> SET_ID_WAYS =
      List.of(
          "set-id-change",
          "set-id-change-newly",
          "set-id-open",
          "set-id-open-newly",
          "set-id-node");

  /** An id that nobody is likely to have. */
  private static final int NOBODY_KNOWN = 54321;

  /** One that is not among 65,536. */
  private static final int BEYOND_SUBORDINATES = 70_000;

  private final long uid;
  private final long gid;
  private final int stranger;

  IdentityChecks(Profile profile, TestEnvironment scene) {
    uid = profile.identity().uidFor(scene.caller().uid());
    gid = profile.identity().gidFor(scene.caller().gid());
    stranger =
        profile.identity().kind() == Identity.Kind.SUBORDINATE ? BEYOND_SUBORDINATES : NOBODY_KNOWN;
  }

  List<Check> identity() {
    return new CheckList(Guarantee.IDENTITY)
        .add(Expectation.value(uid + ":" + gid), "ids")
        .add(Expectation.value("none", String::isEmpty), "other-groups")
        .add(Expectation.denied("EINVAL"), "become-user", stranger)
        .add(Expectation.denied("EINVAL"), "become-group", stranger)
        .all();
  }

  List<Check> privilegeGain(Decisions decisions) {
    CheckList trials =
        new CheckList(Guarantee.PRIVILEGE_GAIN).add(Expectation.value("1"), "no-new-privileges");
    if (uid != 0) {
      trials.add(Expectation.denied("EINVAL"), "become-user", 0);
    }
    if (decisions.has(Guarantee.PRIVILEGE_GAIN, Effect.DENIES_SET_ID_MODES)) {
      SET_ID_WAYS.forEach(way -> trials.add(SET_ID_DENIED, way, "@tmp/.hexe-set-id"));
    }
    return trials.all();
  }
}
