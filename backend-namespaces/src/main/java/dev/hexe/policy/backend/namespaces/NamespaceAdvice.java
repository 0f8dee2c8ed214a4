package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.host.Findings;
import dev.hexe.policy.api.host.Lack;
import dev.hexe.policy.api.host.Outcome;
import dev.hexe.policy.api.host.Remedy;
import java.util.Optional;

/** Turns a failed try into the reason and the fix, least privilege first. */
final class NamespaceAdvice {
  private static final String LIMIT = "/proc/sys/user/max_user_namespaces";
  private static final String DEBIAN_SWITCH = "/proc/sys/kernel/unprivileged_userns_clone";
  private static final String APPARMOR_SWITCH =
      "/proc/sys/kernel/apparmor_restrict_unprivileged_userns";

  private final Findings findings;

  NamespaceAdvice(Findings findings) {
    this.findings = findings;
  }

  /** Why the fact {@code name} is missing, where {@code what} is what it stands for. */
  Lack lackOf(String name, String what) {
    Lack user = userNamespace(findings.of(NamespaceFacts.USER));
    return findings.of(NamespaceFacts.USER).succeeded() ? beyondUser(name, what) : user;
  }

  /** The lack of the right to drop supplementary groups. */
  Lack keepsGroups() {
    if (!findings.of(NamespaceFacts.USER).succeeded()) {
      return userNamespace(findings.of(NamespaceFacts.USER));
    }
    return new Lack(
        "an ordinary user cannot drop supplementary groups, and this one has some",
        "start the command as a user with no groups but its own, for example with setpriv --clear-groups");
  }

  /** The lack of a system call that came with a kernel release. */
  Lack older(String calls, String release) {
    return new Lack(
        "the kernel has no " + calls,
        "use Linux " + release + " or later; until then a slower way is taken");
  }

  private Lack beyondUser(String name, String what) {
    Outcome outcome = findings.of(name);
    if (isOn(APPARMOR_SWITCH) && outcome.errno().matches("EPERM|EACCES")) {
      return appArmor();
    }
    return new Lack(
        "%s cannot be had in a user namespace (%s)".formatted(what, outcome.evidence()),
        name.equals(NamespaceFacts.PROC) ? "give this container a /proc without masked paths" : "");
  }

  private Lack userNamespace(Outcome outcome) {
    boolean entered = !outcome.step().equals("spawn");
    if (entered && isOn(APPARMOR_SWITCH)) {
      return appArmor();
    }
    if (read(LIMIT).filter("0"::equals).isPresent()) {
      return new Lack(
          "user namespaces are limited to 0 on this host (" + LIMIT + ")",
          "sysctl -w user.max_user_namespaces=15000",
          Remedy.USER_NAMESPACE_LIMIT);
    }
    if (read(DEBIAN_SWITCH).filter("0"::equals).isPresent()) {
      return new Lack(
          "user namespaces are switched off for ordinary users (" + DEBIAN_SWITCH + ")",
          "sysctl -w kernel.unprivileged_userns_clone=1",
          Remedy.USER_NAMESPACE_SWITCH);
    }
    return new Lack("no usable user namespace (" + outcome.evidence() + ")", fix(outcome));
  }

  private static String fix(Outcome outcome) {
    return switch (outcome.errno()) {
      case "ENOSPC" -> "raise user.max_user_namespaces in the surrounding namespace";
      case "EPERM", "EACCES" ->
          "allow user namespaces for this program in the surrounding container or security module";
      case "EINVAL", "ENOSYS" -> "use a kernel built with CONFIG_USER_NS";
      default -> "";
    };
  }

  private static Lack appArmor() {
    return new Lack(
        "AppArmor lets ordinary users enter user namespaces without any rights ("
            + APPARMOR_SWITCH
            + ")",
        "load an AppArmor profile that allows `userns` for this program alone (see `hexe-policy doctor --fix`)",
        Remedy.APPARMOR_PROFILE);
  }

  private boolean isOn(String path) {
    return read(path).filter("1"::equals).isPresent();
  }

  private Optional<String> read(String path) {
    return findings.reader().read(path);
  }
}
