package dev.hexe.policy.verification.checks;

import dev.hexe.policy.api.profile.Capability;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Privileges;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.verification.act.Act;
import dev.hexe.policy.verification.act.Answer;
import dev.hexe.policy.verification.act.Answer.Kind;
import dev.hexe.policy.verification.act.Check;
import dev.hexe.policy.verification.act.CheckList;
import dev.hexe.policy.verification.act.Expectation;
import dev.hexe.policy.verification.environment.TestEnvironment;
import java.util.List;
import java.util.Set;

/** Capabilities, user namespaces and system calls. */
final class PrivilegeChecks {
  private static final Set<String> DENIALS = Set.of("EPERM", "ENOSYS");
  private static final Set<String> KILLED = Set.of("SIGSYS", "SIGSEGV");

  private PrivilegeChecks() {}

  static List<Check> capabilities(Privileges privileges) {
    CheckList trials = new CheckList(Guarantee.CAPABILITIES);
    if (privileges.noCapabilities() && privileges.capabilities().isEmpty()) {
      trials
          .add(Expectation.value("0"), "capabilities")
          .add(Expectation.denied(), "gain-capability");
    }
    denied(trials, privileges, Capability.SYS_ADMIN, "set-hostname");
    denied(trials, privileges, Capability.MKNOD, "make-device");
    denied(trials, privileges, Capability.SYS_ADMIN, "mount-tmpfs");
    denied(trials, privileges, Capability.SYS_CHROOT, "leave-root", "/");
    denied(trials, privileges, Capability.NET_RAW, "socket", "packet");
    return trials.all();
  }

  private static void denied(
      CheckList trials,
      Privileges privileges,
      Capability capability,
      String act,
      Object... arguments) {
    boolean lacking =
        privileges.noCapabilities()
            ? !privileges.capabilities().contains(capability)
            : privileges.takenCapabilities().contains(capability);
    if (lacking) {
      trials.add(Expectation.denied(), act, arguments);
    }
  }

  static List<Check> userNamespaces() {
    Expectation none = Expectation.denied("ENOSPC", "EUSERS");
    return new CheckList(Guarantee.USER_NAMESPACES)
        .add(none, "unshare-user")
        .add(none, "clone-user")
        .add(none, "clone3-user")
        .all();
  }

  static List<Check> systemCalls(Profile profile, TestEnvironment scene) {
    Expectation denied =
        new Expectation(
            "denied",
            Expectation.Kind.FORBIDS,
            answer -> DENIALS.contains(answer.detail()) || isKilled(answer));
    CheckList trials = new CheckList(Guarantee.SYSCALLS);
    for (String name : profile.privileges().deniedSystemCalls()) {
      scene
          .calls()
          .number(name)
          .ifPresentOrElse(
              number -> trials.add(denied, Act.of("call", number).called("call " + name)),
              () -> trials.omit(denied, "call " + name, "it has no number here"));
    }
    SmallCalls.among(profile.privileges().deniedSystemCalls())
        .forEach(
            (name, number) ->
                trials.add(
                    denied, Act.of("call-of-32-bits", number).called("32-bit call " + name)));
    return trials.add(denied, "call-of-x32").all();
  }

  // A kernel without another architecture answers its calls with a fault.
  private static boolean isKilled(Answer answer) {
    return answer.kind() == Kind.SIGNAL && KILLED.contains(answer.detail());
  }
}
