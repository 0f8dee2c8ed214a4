package dev.hexe.policy.cli.verify;

import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.cli.verify.Answer.Kind;
import java.util.List;
import java.util.Set;

/** Capabilities, user namespaces and system calls. */
final class PrivilegeTrials {
  private static final Set<String> DENIALS = Set.of("EPERM", "ENOSYS");
  private static final Set<String> KILLED = Set.of("SIGSYS", "SIGSEGV");

  private PrivilegeTrials() {}

  static List<Trial> capabilities() {
    return new TrialList(Guarantee.CAPABILITIES)
        .add(Expectation.value("0"), "capabilities")
        .add(Expectation.denied(), "gain-capability")
        .add(Expectation.denied(), "set-hostname")
        .add(Expectation.denied(), "make-device")
        .add(Expectation.denied(), "mount-tmpfs")
        .add(Expectation.denied(), "leave-root", "/")
        .add(Expectation.denied(), "socket", "packet")
        .all();
  }

  static List<Trial> userNamespaces() {
    Expectation none = Expectation.denied("ENOSPC", "EUSERS");
    return new TrialList(Guarantee.USER_NAMESPACES)
        .add(none, "unshare-user")
        .add(none, "clone-user")
        .add(none, "clone3-user")
        .all();
  }

  static List<Trial> systemCalls(Profile profile, Scene scene) {
    Expectation denied =
        new Expectation(
            "denied",
            Expectation.Kind.FORBIDS,
            answer -> DENIALS.contains(answer.detail()) || isKilled(answer));
    TrialList trials = new TrialList(Guarantee.SYSCALLS);
    for (String name : profile.privileges().deniedSystemCalls()) {
      scene
          .calls()
          .number(name)
          .ifPresentOrElse(
              number -> trials.add(denied, Act.of("call", number).called("call " + name)),
              () -> trials.omit(denied, "call " + name, "it has no number here"));
    }
    return trials.add(denied, "call-of-32-bits").add(denied, "call-of-x32").all();
  }

  // A kernel without another architecture answers its calls with a fault.
  private static boolean isKilled(Answer answer) {
    return answer.kind() == Kind.SIGNAL && KILLED.contains(answer.detail());
  }
}
