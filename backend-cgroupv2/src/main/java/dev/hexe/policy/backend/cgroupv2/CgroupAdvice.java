package dev.hexe.policy.backend.cgroupv2;

import dev.hexe.policy.api.host.Findings;
import dev.hexe.policy.api.host.Lack;
import dev.hexe.policy.api.host.Remedy;
import java.util.Optional;

/** Why limits cannot be had, and what would mend it. */
final class CgroupAdvice {
  static final String DELEGATE =
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
      case HYBRID ->
          new Lack(
              "this host is a hybrid of cgroup v1 and v2, and v2 has no controllers for this user",
              "boot with `cgroup_no_v1=all`, or `systemd.unified_cgroup_hierarchy=1`",
              Remedy.CGROUP_VERSION_2);
      case UNIFIED ->
          new Lack(
              "no part of the cgroup v2 tree is delegated to this user",
              DELEGATE,
              Remedy.CGROUP_DELEGATION);
    };
  }

  Lack noController(Controller controller, Optional<String> parent) {
    return parent.map(place -> noController(controller, place)).orElseGet(this::noDirectory);
  }

  private Lack noController(Controller controller, String parent) {
    String name = controller.label();
    if (layout.kind() == CgroupLayout.Kind.HYBRID) {
      return new Lack(
          "this host is a hybrid of cgroup v1 and v2, and v2 has no %s controller".formatted(name),
          "boot with `cgroup_no_v1=all`, or `systemd.unified_cgroup_hierarchy=1`",
          Remedy.CGROUP_VERSION_2);
    }
    if (enablingFailed(controller, parent, "EBUSY")) {
      return new Lack(
          "%s has processes of its own, so no controller can be enabled below it".formatted(parent),
          "move them into a cgroup below it: `mkdir %s/main && echo PID >%s/main/cgroup.procs` for each"
              .formatted(parent, parent));
    }
    return new Lack(
        "the %s controller is not enabled below %s".formatted(name, parent),
        DELEGATE,
        Remedy.CGROUP_DELEGATION);
  }

  private boolean enablingFailed(Controller controller, String parent, String errno) {
    var outcome = findings.of(GroupProbes.at(parent, GroupFacts.DIRECTORY.of(controller)));
    return outcome.step().equals("cgroup-enable") && outcome.errno().equals(errno);
  }

  /** The first failing step, for {@code doctor}. */
  String evidence(String fact, Optional<String> parent) {
    return parent
        .or(() -> layout.candidates().stream().findFirst())
        .map(place -> findings.of(GroupProbes.at(place, fact)).evidence())
        .orElse("no place to try");
  }
}
