package dev.hexe.policy.backend.cgroupv2;

import dev.hexe.policy.api.host.Findings;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.host.Remedy;
import java.util.Optional;

/** Reasons that limits are not possible, and the fixes. */
final class CgroupAdvice {
  static final String DELEGATE =
      "delegate the controllers to users: a drop-in for user@.service with `[Service] Delegate=cpu cpuset io memory pids`, then start the command in the user's systemd session";
  private static final String HAND_OVER =
      "as root, make a control group for this user: enable `cpu cpuset io memory pids` for it in the cgroup.subtree_control above, let the user own it with its cgroup.procs and cgroup.subtree_control, and start the command in one below it (cgroups(7), \"Delegation\")";

  private final CgroupLayout layout;
  private final Findings findings;

  CgroupAdvice(CgroupLayout layout, Findings findings) {
    this.layout = layout;
    this.findings = findings;
  }

  MissingFeature noDirectory() {
    return switch (layout.kind()) {
      case NONE ->
          new MissingFeature("no cgroup file system is mounted", "mount cgroup2 on /sys/fs/cgroup");
      case LEGACY ->
          new MissingFeature(
              "this host mounts cgroup v1 alone",
              layout.systemd()
                  ? "boot with `systemd.unified_cgroup_hierarchy=1`"
                  : "boot with `cgroup_no_v1=all`, and mount cgroup2 on /sys/fs/cgroup",
              Remedy.CGROUP_VERSION_2);
      case HYBRID ->
          new MissingFeature(
              "this host is a hybrid of cgroup v1 and v2, and v2 has no controllers for this user",
              "boot with `cgroup_no_v1=all`, or `systemd.unified_cgroup_hierarchy=1`",
              Remedy.CGROUP_VERSION_2);
      case UNIFIED -> undelegated("no part of the cgroup v2 tree is delegated to this user");
    };
  }

  MissingFeature noController(Controller controller, Optional<String> parent) {
    return parent.map(place -> noController(controller, place)).orElseGet(this::noDirectory);
  }

  private MissingFeature noController(Controller controller, String parent) {
    String name = controller.label();
    if (layout.kind() == CgroupLayout.Kind.HYBRID) {
      return new MissingFeature(
          "this host is a hybrid of cgroup v1 and v2, and v2 has no %s controller".formatted(name),
          "boot with `cgroup_no_v1=all`, or `systemd.unified_cgroup_hierarchy=1`",
          Remedy.CGROUP_VERSION_2);
    }
    if (enablingFailed(controller, parent, "EBUSY")) {
      return new MissingFeature(
          "%s has processes of its own, so no controller can be enabled below it".formatted(parent),
          "move them into a cgroup below it: `mkdir %s/main && echo PID >%s/main/cgroup.procs` for each"
              .formatted(parent, parent));
    }
    if (isSwitchedOff(name)) {
      return new MissingFeature(
          "the %s controller is switched off in this kernel (/proc/cgroups)".formatted(name),
          "boot without `cgroup_disable=%s`, or with `cgroup_enable=%s`".formatted(name, name));
    }
    return undelegated("the %s controller is not enabled below %s".formatted(name, parent));
  }

  private MissingFeature undelegated(String reason) {
    return layout.systemd()
        ? new MissingFeature(reason, DELEGATE, Remedy.CGROUP_DELEGATION)
        : new MissingFeature(reason, HAND_OVER);
  }

  // Its last column; newer kernels list only what version 1 can have, too.
  private boolean isSwitchedOff(String controller) {
    return findings.reader().read("/proc/cgroups").stream()
        .flatMap(String::lines)
        .anyMatch(line -> line.startsWith(controller + "\t") && line.endsWith("\t0"));
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
