package dev.hexe.policy.backend.namespaces.host;

import dev.hexe.policy.api.host.Findings;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.host.Outcome;

/** Turns a failed try into the reason and the fix, least privilege first. */
public final class NamespaceAdvice {
  private static final String UNMASK =
      "give this container a /proc without covered parts: podman `--security-opt unmask=ALL`, docker `--security-opt systempaths=unconfined`";

  private final Findings findings;
  private final UserNamespaceAdvice user;

  public NamespaceAdvice(Findings findings) {
    this.findings = findings;
    this.user = new UserNamespaceAdvice(findings.reader());
  }

  /** Why the fact {@code name} is missing, where {@code what} is what it stands for. */
  public MissingFeature lackOf(String name, String what) {
    return hasUserNamespace() ? beyondUser(findings.of(name), what) : userNamespace();
  }

  /** The lack of the right to drop supplementary groups. */
  public MissingFeature keepsGroups() {
    return hasUserNamespace()
        ? new MissingFeature(
            "an ordinary user cannot drop supplementary groups, and this one has some",
            "start the command as a user with no groups but its own, for example with setpriv --clear-groups")
        : userNamespace();
  }

  /** The lack of a limit on processes that counts those of one namespace alone. */
  public MissingFeature noProcessLimit() {
    if (!hasUserNamespace()) {
      return userNamespace();
    }
    return findings.of(NamespaceFacts.PROCESS_LIMIT).errno().equals("EAGAIN")
        ? new MissingFeature(
            "a limit on processes counts all those of this user",
            "use Linux 5.14 or later, which counts them in each user namespace")
        : MissingFeature.of("a limit on processes does not hold for root");
  }

  /** The lack of system calls that came with a kernel release. */
  public MissingFeature without(String fact, String calls, String release) {
    String errno = findings.of(fact).errno();
    return errno.equals("ENOSYS") || errno.equals("not run")
        ? new MissingFeature(
            "the kernel has no %s, or a filter hides it".formatted(calls),
            "use Linux %s or later, without such a filter; until then a slower way is taken"
                .formatted(release))
        : new MissingFeature(
            "%s is refused (%s)".formatted(calls, errno),
            "allow it in the surrounding container; until then a slower way is taken");
  }

  private boolean hasUserNamespace() {
    return findings.of(NamespaceFacts.USER).succeeded();
  }

  private MissingFeature userNamespace() {
    return user.lack(findings.of(NamespaceFacts.USER));
  }

  private MissingFeature beyondUser(Outcome outcome, String what) {
    if (outcome.step().equals("overlay")) {
      return overlay(outcome, what);
    }
    boolean denied = outcome.errno().matches("EPERM|EACCES");
    if (denied && user.isRestrictedByAppArmor()) {
      return UserNamespaceAdvice.appArmor();
    }
    String reason = "%s is not available (%s)".formatted(what, outcome.evidence());
    if (denied && user.isOwnSandbox()) {
      return inOwnSandbox(outcome, reason);
    }
    return switch (denied ? outcome.step() : "") {
      case "propagation" ->
          new MissingFeature(
              "nothing can be mounted here (%s), as inside another sandbox"
                  .formatted(outcome.evidence()),
              "start this program outside of the other sandbox, or without its Landlock rules and filters");
      case "proc" ->
          new MissingFeature(
              reason + ": the kernel gives none where parts of /proc are covered", UNMASK);
      default ->
          outcome.evidence().equals("limit-user-namespaces: EROFS")
              ? new MissingFeature(reason + ": /proc/sys is read-only here", UNMASK)
              : MissingFeature.of(reason);
    };
  }

  private static MissingFeature inOwnSandbox(Outcome outcome, String reason) {
    return outcome.step().equals("proc")
        ? new MissingFeature(
            reason
                + ": the sandbox around this one was started by root, for whom it has to cover parts of /proc, and the kernel gives no fresh one there",
            "start the outer one as an ordinary user, or this one with a profile that leaves processes visible")
        : new MissingFeature(
            reason + ": the sandbox around this one forbids it", UserNamespaceAdvice.NESTING);
  }

  private static MissingFeature overlay(Outcome outcome, String what) {
    String reason = "%s is not available (%s)".formatted(what, outcome.evidence());
    return switch (outcome.errno()) {
      case "ENODEV" ->
          new MissingFeature(
              reason + ": the kernel has no overlayfs, or has not loaded it", "modprobe overlay");
      case "EPERM", "EACCES" ->
          new MissingFeature(
              reason + ": user namespaces may not mount one",
              "use Linux 5.11 or later, and allow it in the surrounding security module");
      case "EOPNOTSUPP" ->
          new MissingFeature(
              reason + ": a tmpfs keeps no user extended attributes here",
              "use Linux 6.6 or later, or keep the changes in a directory with `upper` and `work`");
      case "ENOSYS" ->
          new MissingFeature(
              reason + ": the mount API is missing or filtered",
              "use Linux 5.12 or later, without such a filter");
      default -> MissingFeature.of(reason);
    };
  }
}
