package dev.hexe.policy.backend.cgroupv2;

import dev.hexe.policy.api.host.Findings;
import dev.hexe.policy.api.host.Lack;
import dev.hexe.policy.api.host.Remedy;

/** Why limits cannot be had, and what would mend it. */
final class CgroupAdvice {
  private static final String DELEGATE =
      "delegate the controllers to users: a drop-in for user@.service with `[Service] Delegate=cpu cpuset io memory pids`, then start the command in the user's systemd session";
  private final CgroupLayout layout;
  private final Findings findings;

  CgroupAdvice(CgroupLayout layout, Findings findings) {
    this.layout = layout;
    this.findings = findings;
  }

  Lack noDirectory() {
    return switch (layout.kind()) {
      case NONE -> new Lack("no cgroup file system is mounted", "mount cgroup2 on /sys/fs/cgroup");
      case LEGACY ->
          new Lack(
              "this host mounts cgroup v1 alone",
              "boot with `systemd.unified_cgroup_hierarchy=1`",
              Remedy.CGROUP_VERSION_2);
      case HYBRID, UNIFIED ->
          new Lack(
              "no part of the cgroup v2 tree is delegated to this user",
              DELEGATE,
              Remedy.CGROUP_DELEGATION);
    };
  }

  Lack noController(Controller controller, String parent) {
    String name = controller.label();
    if (layout.kind() == CgroupLayout.Kind.HYBRID) {
      return new Lack(
          "this host is a hybrid of cgroup v1 and v2, and v2 has no %s controller".formatted(name),
          "boot with `cgroup_no_v1=all`, or `systemd.unified_cgroup_hierarchy=1`",
          Remedy.CGROUP_VERSION_2);
    }
    return new Lack(
        "the %s controller is not enabled below %s".formatted(name, parent),
        DELEGATE,
        Remedy.CGROUP_DELEGATION);
  }

  /** The first failing step, for {@code doctor}. */
  String evidence(String fact) {
    return layout.candidates().stream()
        .map(candidate -> findings.of(fact + "@" + candidate).evidence())
        .findFirst()
        .orElse("no cgroup2 mount");
  }
}
