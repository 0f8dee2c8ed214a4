package dev.hexe.policy.backend.namespaces.host;

import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.host.Outcome;
import dev.hexe.policy.api.host.Remedy;
import java.util.Optional;

/** Reasons that there is no usable user namespace, and the fixes, least privilege first. */
final class UserNamespaceAdvice {
  private static final String LIMIT = "/proc/sys/user/max_user_namespaces";
  private static final String DEBIAN_SWITCH = "/proc/sys/kernel/unprivileged_userns_clone";
  private static final String APPARMOR_SWITCH =
      "/proc/sys/kernel/apparmor_restrict_unprivileged_userns";
  static final String NESTING =
      "start the outer one with `--nesting`, or with a profile that says `nesting: allowed`, as `balanced` does";

  private static final String MAP = "id-map";

  /** No filter's answer: what made the namespace may not open a file of its own. */
  private static final String UNWRITTEN = MAP + ": EACCES";

  private static final String DENIED = "EPERM|EACCES";

  private final HostReader reader;
  private final Enclosure enclosure;

  UserNamespaceAdvice(HostReader reader) {
    this.reader = reader;
    this.enclosure = new Enclosure(reader);
  }

  /** What stops what was tried. */
  MissingFeature lack(Outcome outcome) {
    if (!outcome.step().equals("spawn") && isRestrictedByAppArmor()) {
      return appArmor();
    }
    if (isOwnSandbox()) {
      return inOwnSandbox(outcome);
    }
    if (is(LIMIT, "0")) {
      return new MissingFeature(
          "user namespaces are limited to 0 on this host (" + LIMIT + ")",
          "sysctl -w user.max_user_namespaces=15000",
          Remedy.USER_NAMESPACE_LIMIT);
    }
    if (is(DEBIAN_SWITCH, "0")) {
      return new MissingFeature(
          "user namespaces are switched off for ordinary users (" + DEBIAN_SWITCH + ")",
          "sysctl -w kernel.unprivileged_userns_clone=1",
          Remedy.USER_NAMESPACE_SWITCH);
    }
    return outcome.errno().matches(DENIED) ? denied(outcome) : failed(outcome);
  }

  /** Whether AppArmor lets ordinary users in, and then do nothing. */
  boolean isRestrictedByAppArmor() {
    return is(APPARMOR_SWITCH, "1");
  }

  /** Whether it is this program that stands in the way. */
  boolean isOwnSandbox() {
    return enclosure.isOwnSandbox();
  }

  /** The lack of rights where that is so. */
  static MissingFeature appArmor() {
    return new MissingFeature(
        "AppArmor lets ordinary users enter user namespaces without any rights ("
            + APPARMOR_SWITCH
            + ")",
        "load an AppArmor profile that allows `userns` for this program alone (see `hexe-policy doctor --fix`)",
        Remedy.APPARMOR_PROFILE);
  }

  /**
   * A namespace that can be entered shows that the outer one nests: root without capabilities is
   * not mapped.
   */
  private static MissingFeature inOwnSandbox(Outcome outcome) {
    return outcome.step().equals(MAP)
        ? new MissingFeature(
            "in the sandbox around this one root has no capabilities, and can be mapped into no user namespace (%s)"
                .formatted(outcome.evidence()),
            "start the outer one with `--identity 1000:1000` as well")
        : new MissingFeature(
            "the sandbox around this one allows no user namespace inside (%s)"
                .formatted(outcome.evidence()),
            NESTING);
  }

  private MissingFeature denied(Outcome outcome) {
    boolean entered = !outcome.step().equals("spawn");
    if (!entered && enclosure.isChroot()) {
      return new MissingFeature(
          "this is a chroot, and the kernel makes no user namespace in one (EPERM)",
          "start this program outside of the chroot, or enter the tree with a new root (`bwrap --bind TREE / …`, `systemd-nspawn -D TREE`) instead");
    }
    Optional<String> profile = enclosure.appArmorProfile();
    if (entered && profile.isPresent()) {
      return new MissingFeature(
          "the AppArmor profile `%s` gives no rights in a user namespace (%s)"
              .formatted(profile.get(), outcome.evidence()),
          "allow `userns` and `capability` in that profile");
    }
    if (enclosure.hasFilter() && outcome.evidence().equals(UNWRITTEN)) {
      return new MissingFeature(
          "the ids of a user namespace may not be written (%s), as inside a sandbox of listed files such as `isolated`"
              .formatted(outcome.evidence()),
          "start this one outside of it, or the outer one with a profile that says `nesting: allowed`, as `balanced` does");
    }
    if (enclosure.hasFilter()) {
      return new MissingFeature(
          "user namespaces are refused (%s), and a filter on system calls is in force here"
              .formatted(outcome.evidence()),
          "have the filter of the surrounding container allow `clone`, `clone3`, `unshare`, `setns`, `mount`, `umount2` and `pivot_root` (docker, podman: `--security-opt seccomp=FILE`)");
    }
    return new MissingFeature(
        "no usable user namespace (" + outcome.evidence() + ")",
        "allow user namespaces for this program in the surrounding container or security module");
  }

  private static MissingFeature failed(Outcome outcome) {
    return new MissingFeature(
        "no usable user namespace (" + outcome.evidence() + ")",
        switch (outcome.errno()) {
          case "ENOSPC" -> "raise user.max_user_namespaces in the surrounding namespace";
          case "EINVAL", "ENOSYS" -> "use a kernel built with CONFIG_USER_NS";
          default -> "";
        });
  }

  private boolean is(String path, String value) {
    return reader.read(path).filter(value::equals).isPresent();
  }
}
