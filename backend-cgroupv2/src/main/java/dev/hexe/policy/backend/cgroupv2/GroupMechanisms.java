package dev.hexe.policy.backend.cgroupv2;

import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Strength;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * One mechanism for each controller, and a weaker one for commands that can write the control
 * group's files: those belong to the user whom the command runs as.
 */
final class GroupMechanisms {
  private static final String MOUNT = "/sys/fs/cgroup";
  private static final MissingFeature NO_WEIGHT =
      new MissingFeature(
          "this kernel does not share disk time by weight (no io.weight)",
          "a kernel with CONFIG_BLK_CGROUP_IOCOST");

  private final String id;
  private final GroupFacts names;
  private final int rank;
  private final String sentence;
  private final BiPredicate<Profile, HostFacts> ours;
  private final MissingFeature notOurs;

  /**
   * The mechanisms of one driver.
   *
   * @param sentence the rule, with a place for the limit
   * @param ours whether this driver is the one for a profile on a host
   * @param notOurs why not
   */
  GroupMechanisms(
      String id,
      GroupFacts names,
      int rank,
      String sentence,
      BiPredicate<Profile, HostFacts> ours,
      MissingFeature notOurs) {
    this.id = id;
    this.names = names;
    this.rank = rank;
    this.sentence = sentence;
    this.ours = ours;
    this.notOurs = notOurs;
  }

  List<Mechanism> all() {
    return Arrays.stream(Controller.values())
        .flatMap(controller -> Stream.of(firm(controller), loose(controller)))
        .toList();
  }

  private Mechanism firm(Controller controller) {
    return named(controller, Strength.FULL)
        .suiting(profile -> !reachesFiles(profile))
        .rule(sentence.formatted(controller.label()))
        .build();
  }

  private Mechanism loose(Controller controller) {
    return named(controller, Strength.PARTIAL)
        .suiting(GroupMechanisms::reachesFiles)
        .rule(
            sentence.formatted(controller.label())
                + "; it holds by half for a command that can write everything")
        .caveat("the command can write the control group's files, and lift the limit")
        // The acts do not: they do not know where its control group is.
        .leavesOpen()
        .build();
  }

  private Mechanism.Builder named(Controller controller, Strength strength) {
    Mechanism.Builder builder =
        Mechanism.named(id, controller.guarantee(), strength)
            .rank(rank)
            .needs(names.of(controller))
            .needs(ours, notOurs);
    return controller == Controller.IO
        ? builder.needs(
            (profile, facts) ->
                profile.limits().ioWeight().isEmpty() || facts.has(names.ioWeight()),
            NO_WEIGHT)
        : builder;
  }

  /** Whether the command can write below where control groups are mounted. */
  private static boolean reachesFiles(Profile profile) {
    return profile.files().unlisted() == Unlisted.ALLOWED
        || profile.files().write().stream().map(PathRule::path).anyMatch(GroupMechanisms::overlaps);
  }

  private static boolean overlaps(String path) {
    return PathRule.isIn(MOUNT, path) || PathRule.isIn(path, MOUNT);
  }
}
