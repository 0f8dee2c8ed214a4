package dev.hexe.policy.cli.repair;

import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The changes that remedies come down to, those first that touch least of the host. */
final class Steps {
  private static final String LIMIT = "user.max_user_namespaces = 15000";
  private static final String SWITCH = "kernel.unprivileged_userns_clone = 1";
  private static final String SYSCTL = "/etc/sysctl.d/60-hexe-policy.conf";
  private static final String DROP_IN = "/etc/systemd/system/user@.service.d/hexe-policy.conf";

  private final HostReader reader;
  private final String launcher;

  Steps(HostReader reader, String launcher) {
    this.reader = reader;
    this.launcher = launcher;
  }

  List<Step> of(Set<Remedy> remedies) {
    List<Step> steps = new ArrayList<>();
    if (remedies.contains(Remedy.LIBSECCOMP_PACKAGE)) {
      steps.add(library());
    }
    if (remedies.contains(Remedy.APPARMOR_PROFILE)) {
      steps.add(AppArmor.step(launcher));
    }
    if (remedies.contains(Remedy.CGROUP_DELEGATION)) {
      steps.add(delegation());
    }
    List<String> settings = settings(remedies);
    if (!settings.isEmpty()) {
      steps.add(sysctl(settings));
    }
    List<String> parameters = parameters(remedies);
    if (!parameters.isEmpty()) {
      steps.add(BootParameters.step(parameters));
    }
    return steps;
  }

  private static Step library() {
    return new Step(
        "install libseccomp, which compiles filters on system calls",
        List.of(),
        """
        if command -v apt-get >/dev/null; then
          apt-get install -y libseccomp2
        elif command -v dnf >/dev/null; then
          dnf install -y libseccomp
        elif command -v zypper >/dev/null; then
          zypper --non-interactive install libseccomp2
        elif command -v pacman >/dev/null; then
          pacman -S --needed --noconfirm libseccomp
        elif command -v apk >/dev/null; then
          apk add libseccomp
        else
          echo 'install the package that has libseccomp.so.2' >&2
        fi""");
  }

  private static Step delegation() {
    return new Step(
        "let systemd hand control groups to users, for limits",
        List.of(
            "A user may then limit what is his own; nobody gets more than he had.",
            "It takes effect at the next login, and for commands started in the user's session.",
            "Undo: rm " + DROP_IN + "; systemctl daemon-reload"),
        Shell.write(DROP_IN, "[Service]\nDelegate=cpu cpuset io memory pids")
            + """

            if [ -d /run/systemd/system ]; then
              systemctl daemon-reload
            else
              echo 'systemd does not run here: whoever manages the control groups has to delegate them' >&2
            fi""");
  }

  private static Step sysctl(List<String> settings) {
    return new Step(
        "let ordinary users make user namespaces",
        List.of(
            "This holds for every program: more of the kernel can be reached by all of them.",
            "Undo: rm " + SYSCTL + ", and set the former values with `sysctl -w`"),
        Shell.write(SYSCTL, String.join("\n", settings)) + "\nsysctl -p " + SYSCTL);
  }

  private static List<String> settings(Set<Remedy> remedies) {
    List<String> settings = new ArrayList<>();
    if (remedies.contains(Remedy.USER_NAMESPACE_LIMIT)) {
      settings.add(LIMIT);
    }
    if (remedies.contains(Remedy.USER_NAMESPACE_SWITCH)) {
      settings.add(SWITCH);
    }
    return settings;
  }

  private List<String> parameters(Set<Remedy> remedies) {
    List<String> parameters = new ArrayList<>();
    if (remedies.contains(Remedy.LANDLOCK_PARAMETER)) {
      parameters.add(BootParameters.landlock(reader));
    }
    if (remedies.contains(Remedy.CGROUP_VERSION_2)) {
      parameters.add("systemd.unified_cgroup_hierarchy=1");
    }
    return parameters;
  }
}
