package dev.hexe.policy.backend.cgroupv2;

import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.profile.Profile;
import java.util.Arrays;

/**
 * The offers of one driver, by the names of its facts.
 *
 * @param prefix what the names begin with
 */
record GroupFacts(String prefix) {
  /** A directory of our own where one is delegated. */
  static final GroupFacts DIRECTORY = new GroupFacts("cgroup");

  /** A transient scope of systemd. */
  static final GroupFacts SCOPE = new GroupFacts("scope");

  /** The fact that a control group can be had at all. */
  String any() {
    return prefix + ".directory";
  }

  /** The fact that a controller works in it. */
  String of(Controller controller) {
    return prefix + "." + controller.label();
  }

  /** The fact that disk time can be shared by weight. */
  String ioWeight() {
    return prefix + ".io-weight";
  }

  /** How many of the controllers that the profile asks for there are. */
  private long useful(Profile profile, HostFacts facts) {
    return Arrays.stream(Controller.values())
        .filter(controller -> profile.asksFor(controller.guarantee()))
        .filter(controller -> facts.has(of(controller)))
        .count();
  }

  /** Whether this driver does more for the profile than the other one; a plan has one of them. */
  boolean doesMoreThan(GroupFacts other, Profile profile, HostFacts facts) {
    return useful(profile, facts) > other.useful(profile, facts);
  }
}
