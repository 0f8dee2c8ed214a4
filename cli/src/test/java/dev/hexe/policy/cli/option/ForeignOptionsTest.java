package dev.hexe.policy.cli.option;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.cli.command.ApplyCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;

/** Options of other programs are answered with options that there are. */
class ForeignOptionsTest {
  private final CommandSpec apply = ApplyCommand.spec();

  @Test
  void eachLeadsToAnOptionOfApply() {
    ForeignOptions.all().values().stream()
        .filter(here -> here.startsWith("-"))
        .map(here -> here.replaceFirst("=.*", ""))
        .forEach(name -> assertNotNull(apply.findOption(name), name));
  }

  @Test
  void noneIsAnOptionItself() {
    ForeignOptions.all().keySet().forEach(name -> assertNull(apply.findOption(name), name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // bubblewrap, all of them
        "add-seccomp-fd args argv0 as-pid-1 assert-userns-disabled bind bind-data bind-fd bind-try block-fd"
            + " cap-add cap-drop chdir chmod clearenv dev dev-bind dev-bind-try die-with-parent dir"
            + " disable-userns exec-label file file-label gid hostname info-fd json-status-fd level-prefix"
            + " lock-file mqueue new-session overlay overlay-src perms pidns proc remount-ro ro-bind"
            + " ro-bind-data ro-bind-fd ro-bind-try ro-overlay seccomp setenv share-net size symlink sync-fd"
            + " tmp-overlay tmpfs uid unsetenv unshare-all unshare-cgroup unshare-cgroup-try unshare-ipc"
            + " unshare-net unshare-pid unshare-user unshare-user-try unshare-uts userns userns-block-fd userns2",
        // firejail, those of its profiles and manual that say what holds
        "bind blacklist caps.drop caps.keep dbus-system dbus-user disable-mnt env hostname ipc-namespace join"
            + " keep-fd net netfilter nice no3d noexec nogroups noinput nonewprivs noprofile noroot nosound"
            + " novideo overlay-tmpfs private private-bin private-cache private-cwd private-dev private-etc"
            + " private-home private-tmp profile protocol read-only read-write restrict-namespaces rlimit-as"
            + " rlimit-cpu rlimit-fsize rlimit-nofile rlimit-nproc rmenv seccomp seccomp.drop seccomp.keep"
            + " shutdown timeout tmpfs trace tree whitelist",
        // docker run
        "add-host blkio-weight cap-add cap-drop cgroupns cpu-shares cpus cpuset-cpus device entrypoint env"
            + " env-file group-add hostname ipc memory memory-swap mount network pid pids-limit privileged"
            + " publish read-only security-opt shm-size stop-timeout tmpfs ulimit user userns uts volume workdir",
      })
  void eachOptionOfTheOtherIsOneHereOrAnswered(String names) {
    for (String name : names.split(" ", -1)) {
      String option = "--" + name;
      assertTrue(
          apply.findOption(option) != null || ForeignOptions.help(apply, option).isPresent(),
          option);
    }
  }
}
