package dev.hexe.policy.conformance.policies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.hexe.policy.conformance.harness.Host;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The choice of the profile: an argument beats the environment, which beats the default. */
class SelectionTest {
  private static final String WHO =
      """
      pid=$(readlink /proc/self/ns/pid) host=$1 outside=$2
      test "$(cat /proc/sys/kernel/hostname)" = hexe && name=own || name=host
      test "$(cut -d: -f1 -s /proc/net/dev | wc -l)" = 1 && net=own || net=host
      test "$pid" = "$host" && pid=host || pid=own
      test -e "$outside" && { head -c1 "$outside" >/dev/null 2>&1 && file=open || file=denied; } || file=absent
      echo "$pid $name $net $file"
      """;

  private static Result shape(Sandbox sandbox) {
    Path file = User.ORDINARY.fileOutside("to-tell-profiles-apart");
    return sandbox.sh(WHO, Host.namespace("pid"), file.toString()).endsWith(0);
  }

  private static final String BALANCED = "own host host absent";
  private static final String ISOLATED = "host host host denied";
  private static final String SANDBOX = "own own host absent";
  private static final String OPEN = "host host host open";

  @Test
  void theDefaultIsBalanced() {
    shape(Sandbox.program("apply")).prints(BALANCED);
    shape(Sandbox.profile("default")).prints(BALANCED);
    shape(Sandbox.profile("balanced")).prints(BALANCED);
  }

  @Test
  void theEnvironmentNamesAProfile() {
    shape(Sandbox.program("apply").where("HEXE_VOIDBOX_PROFILE", "sandbox")).prints(SANDBOX);
    shape(Sandbox.program("apply").where("HEXE_VOIDBOX_PROFILE", "")).prints(BALANCED);
  }

  @Test
  void theEnvironmentAsksForIsolation() {
    shape(Sandbox.program("apply").where("HEXE_POD_ISOLATE", "1")).prints(ISOLATED);
    shape(Sandbox.program("apply").where("HEXE_POD_ISOLATE", "0")).prints(BALANCED);
  }

  @Test
  void optionsNameAProfile() {
    shape(Sandbox.program("apply", "--isolated")).prints(ISOLATED);
    shape(Sandbox.program("apply", "--isolation=sandbox")).prints(SANDBOX);
    shape(Sandbox.program("apply", "--isolation", "none")).prints(OPEN);
  }

  @Test
  void whatIsSaidBeatsTheEnvironment() {
    shape(
            Sandbox.profile("sandbox")
                .where("HEXE_VOIDBOX_PROFILE", "none")
                .where("HEXE_POD_ISOLATE", "1"))
        .prints(SANDBOX);
  }

  @Test
  void sayingTheSameTwiceIsNoConflict() {
    shape(Sandbox.profile("balanced").with("--isolation=default")).prints(BALANCED);
    shape(Sandbox.profile("isolated").with("--isolated")).prints(ISOLATED);
  }

  @ParameterizedTest
  @CsvSource({"sandbox,--isolated", "none,--isolation=full"})
  void aConflictIsRefused(String profile, String option) {
    Sandbox.profile(profile).with(option).run("echo", "ran").refuses("chooses `" + profile + "`");
  }

  @Test
  void aConflictInTheEnvironmentIsRefused() {
    Sandbox.program("apply")
        .where("HEXE_VOIDBOX_PROFILE", "none")
        .where("HEXE_POD_ISOLATE", "1")
        .run("echo", "ran")
        .refuses("HEXE_VOIDBOX_PROFILE", "HEXE_POD_ISOLATE");
  }

  @Test
  void anUnclearSwitchIsRefused() {
    Sandbox.program("apply")
        .where("HEXE_POD_ISOLATE", "perhaps")
        .run("echo", "ran")
        .refuses("`perhaps`", "`HEXE_POD_ISOLATE`");
  }

  @ParameterizedTest
  @EnumSource
  void isolatedTakesAUserNamespaceOnRequest(User user) {
    Requires.namespaces(user);
    List<String> lines =
        Sandbox.program("apply")
            .as(user)
            .where("HEXE_POD_ISOLATE", "1")
            .where("HEXE_POD_ISOLATE_USERNS", "1")
            .sh("readlink /proc/self/ns/user; readlink /proc/self/ns/mnt; id -u")
            .endsWith(0)
            .lines();
    assertNotEquals(Host.namespace("user"), lines.get(0));
    assertNotEquals(Host.namespace("mnt"), lines.get(1));
    assertEquals(Long.toString(user.uid()), lines.get(2));
  }

  @Test
  void aProfileOfTheUserIsFoundByItsName() throws Exception {
    Path home = User.ORDINARY.home().resolve("with-a-profile");
    Path profiles = home.resolve(".config/hexe-policy/profiles");
    Files.createDirectories(profiles);
    Files.writeString(profiles.resolve("mine.yaml"), "extends: sandbox\nhostname: mine\n");
    Sandbox.profile("mine")
        .where("HOME", home.toString())
        .run("cat", "/proc/sys/kernel/hostname")
        .prints("mine");
  }

  @Test
  void aBuiltInProfileIsNotReplaced() throws Exception {
    Path profiles = User.ORDINARY.outside().resolve("config/hexe-policy/profiles");
    Files.createDirectories(profiles);
    Files.writeString(profiles.resolve("full.yaml"), "extends: none\n");
    Sandbox.profile("full")
        .where("XDG_CONFIG_HOME", User.ORDINARY.outside() + "/config")
        .run("echo", "ran")
        .refuses("`full` is the name of a built-in profile");
  }
}
