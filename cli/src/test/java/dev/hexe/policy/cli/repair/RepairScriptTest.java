package dev.hexe.policy.cli.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.host.Remedy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RepairScriptTest {
  private static final String LAUNCHER = "/opt/hexe/bin/hexe-policy";
  private static final Map<String, String> NOTHING = Map.of();

  @TempDir Path directory;

  @Test
  void whereNothingIsMissingTheScriptDoesNothing() {
    assertEquals(
        """
        #!/usr/bin/env bash
        # hexe-policy found nothing here that a script could mend.""",
        script(NOTHING));
  }

  @Test
  void whatNoScriptMendsIsToldInAComment() {
    Fact old =
        Fact.missing(
            "process.clone3", "", new MissingFeature("the kernel is\nold", "use a newer one"));
    assertEquals(
        """
        #!/usr/bin/env bash
        # hexe-policy found nothing here that a script could mend.

        # What no script can mend:
        #   - the kernel is?old: use a newer one""",
        new RepairScript(List.of(old), path -> Optional.empty(), LAUNCHER).text());
  }

  @Test
  void appArmorAllowsThisProgramAlone() {
    assertEquals(
        """
        #!/usr/bin/env bash
        # What hexe-policy lacks on this host, mended: review it, then run it as root.
        # It can be run more than once. hexe-policy itself has executed nothing of it.
        #   1. let this program, and no other, use user namespaces
        set -eu

        [ "$(id -u)" -eq 0 ] || { echo 'run this as root' >&2; exit 1; }

        # 1. let this program, and no other, use user namespaces
        #    kernel.apparmor_restrict_unprivileged_userns stays on for everything else.
        #    Whoever can write /opt/hexe/bin/hexe-policy gets the same right: let root own it.
        #    The profile is loaded at each boot as long as it is in /etc/apparmor.d.
        #    Undo: apparmor_parser -R /etc/apparmor.d/hexe-policy; rm /etc/apparmor.d/hexe-policy
        mkdir -p /etc/apparmor.d
        cat > /etc/apparmor.d/hexe-policy <<'END'
        # Lets hexe-policy enter user namespaces. It confines nothing: what may be done is in hexe-policy's profiles.
        abi <abi/4.0>,

        include <tunables/global>

        profile hexe-policy /opt/hexe/bin/hexe-policy flags=(unconfined) {
          userns,

          include if exists <local/hexe-policy>
        }
        END
        apparmor_parser -r /etc/apparmor.d/hexe-policy""",
        script(NOTHING, Remedy.APPARMOR_PROFILE));
  }

  @Test
  void controllersAreDelegatedByADropIn() {
    assertTrue(
        script(NOTHING, Remedy.CGROUP_DELEGATION)
            .contains(
                """
                cat > /etc/systemd/system/user@.service.d/hexe-policy.conf <<'END'
                [Service]
                Delegate=cpu cpuset io memory pids
                END
                if [ -d /run/systemd/system ]; then
                  systemctl daemon-reload
                """));
  }

  @Test
  void sysctlsShareAFileThatLasts() {
    assertTrue(
        script(NOTHING, Remedy.USER_NAMESPACE_SWITCH, Remedy.USER_NAMESPACE_LIMIT)
            .endsWith(
                """
                cat > /etc/sysctl.d/60-hexe-policy.conf <<'END'
                user.max_user_namespaces = 15000
                kernel.unprivileged_userns_clone = 1
                END
                sysctl -p /etc/sysctl.d/60-hexe-policy.conf"""));
  }

  @Test
  void landlockComesBesideTheModulesThatAreThere() {
    Map<String, String> running =
        Map.of("/sys/kernel/security/lsm", "capability,yama,apparmor", "/proc/cmdline", "lsm=bpf");
    assertTrue(
        script(running, Remedy.LANDLOCK_PARAMETER).contains(" lsm=landlock,yama,apparmor\""));
    Map<String, String> booted = Map.of("/proc/cmdline", "quiet lsm=one lsm=yama,bpf ro");
    assertTrue(script(booted, Remedy.LANDLOCK_PARAMETER).contains(" lsm=landlock,yama,bpf\""));
    assertTrue(
        script(NOTHING, Remedy.LANDLOCK_PARAMETER)
            .contains(" lsm=landlock,lockdown,yama,integrity\""));
  }

  @Test
  void allKernelParametersAreOneStep() {
    String script = script(NOTHING, Remedy.LANDLOCK_PARAMETER, Remedy.CGROUP_VERSION_2);
    assertTrue(script.contains("integrity systemd.unified_cgroup_hierarchy=1\"\nEND"), script);
    assertFalse(script.contains("# 2."), script);
  }

  @Test
  void whatTouchesLeastComesFirst() {
    List<String> steps =
        script(NOTHING, Remedy.values())
            .lines()
            .filter(line -> line.matches("# [0-9]\\..*"))
            .toList();
    assertEquals(
        List.of(
            "# 1. install libseccomp, which compiles filters on system calls",
            "# 2. let this program, and no other, use user namespaces",
            "# 3. let systemd hand control groups to users, for limits",
            "# 4. let ordinary users make user namespaces",
            "# 5. boot the kernel with: lsm=landlock,lockdown,yama,integrity systemd.unified_cgroup_hierarchy=1"),
        steps);
  }

  @Test
  void containersAreTold() {
    String script = script(Map.of("/.dockerenv", ""), Remedy.CGROUP_VERSION_2);
    assertTrue(script.contains("# This seems to be a container"), script);
  }

  @Test
  void theShellUnderstandsAllOfIt() throws IOException, InterruptedException {
    String script = script(NOTHING, Remedy.values());
    Path file = Files.writeString(directory.resolve("mend.sh"), script + "\n");
    Process shell = new ProcessBuilder("bash", "-n", file.toString()).inheritIO().start();
    assertEquals(0, shell.waitFor());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ADVICE")
  void everyRemedyButWordsIsAStep(Remedy remedy) {
    assertTrue(script(NOTHING, remedy).contains("\n# 1. "));
  }

  private static String script(Map<String, String> files, Remedy... remedies) {
    List<Fact> facts = new ArrayList<>();
    Arrays.stream(remedies)
        .filter(remedy -> remedy != Remedy.ADVICE)
        .forEach(
            remedy ->
                facts.add(
                    Fact.missing(remedy.name(), "", new MissingFeature("lacking", "fix", remedy))));
    facts.add(Fact.present("something.else", 0, "tried"));
    HostReader reader = path -> Optional.ofNullable(files.get(path));
    return new RepairScript(facts, reader, LAUNCHER).text();
  }
}
