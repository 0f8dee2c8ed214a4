package dev.hexe.policy.conformance.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.Host;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Setting;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Privileges that the command has no more, and cannot get back. */
class PrivilegesTest {
  private static final String EMPTY = "0000000000000000";

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#all")
  void noProgramGainsPrivilegesWherePromised(Setting setting) {
    String expected = setting.profile().noNewPrivileges() ? "1" : "0";
    assertEquals(expected, setting.inside().status("NoNewPrivs"));
  }

  @Attack(Way.PRIVILEGES)
  @ParameterizedTest
  @MethodSource("withoutCapabilities")
  void everyCapabilitySetIsEmpty(Setting setting) {
    for (String set : List.of("CapInh", "CapPrm", "CapEff", "CapAmb")) {
      assertEquals(EMPTY, setting.inside().status(set), set);
    }
    if (setting.profile() != Shipped.ISOLATED || setting.user() == User.ROOT) {
      assertEquals(EMPTY, setting.inside().status("CapBnd"), "CapBnd");
    }
  }

  static Stream<Setting> withoutCapabilities() {
    return Setting.all().filter(setting -> setting.profile().noCapabilities());
  }

  @Attack(Way.PRIVILEGES)
  @ParameterizedTest
  @MethodSource("withoutCapabilities")
  void capabilitiesDoNotComeBack(Setting setting) {
    assertEquals(
        List.of("EPERM", "EINVAL"),
        setting.sandbox().tries("raise-capabilities", "leave-no-new-privileges"));
  }

  @ParameterizedTest
  @EnumSource
  void noneKeepsWhatTheUserHas(User user) {
    Setting none = new Setting(Shipped.NONE, user);
    String expected = user == User.ROOT ? Host.status("CapEff") : EMPTY;
    assertEquals(expected, none.inside().status("CapEff"));
  }

  @Attack(Way.PRIVILEGES)
  @Test
  void aSetuidProgramGivesNothing() throws Exception {
    Requires.root();
    Path program = setuid(User.ORDINARY.home().resolve("setuid-id"));
    Shipped.NONE.as(User.ORDINARY).run(program.toString(), "-u").prints("0");
    String own = Long.toString(User.ORDINARY.uid());
    for (Shipped profile : List.of(Shipped.BALANCED, Shipped.FULL, Shipped.ISOLATED)) {
      profile.as(User.ORDINARY).run(program.toString(), "-u").prints(own);
    }
    Shipped.MINIMAL.as(User.ORDINARY).sh(program + " -u; touch ~/by-setuid").prints("0");
    Path made = User.ORDINARY.home().resolve("by-setuid");
    assertEquals((int) User.ORDINARY.uid(), Files.getAttribute(made, "unix:uid"));
  }

  /** Outside, every user could run it as root. */
  @Test
  void rootLeavesNoSetuidFile() {
    Requires.root();
    // Right in the home nothing new can be made where Landlock alone keeps the next run.
    Path place = User.ROOT.home().resolve("place");
    Shipped.NONE.as(User.ROOT).run("mkdir", "-p", place.toString()).endsWith(0);
    String file = place.resolve("set-id").toString();
    String[] acts = {"set-id-mode " + file, "set-id-open " + file, "set-id-node " + file};
    assertEquals(List.of("ok", "ok", "ok"), Shipped.NONE.as(User.ROOT).tries(acts));
    for (Shipped profile : List.of(Shipped.SANDBOX, Shipped.FULL, Shipped.ISOLATED)) {
      assertEquals(
          List.of("EPERM", "EPERM", "EPERM"), profile.as(User.ROOT).tries(acts), profile::toString);
      profile
          .as(User.ROOT)
          .sh(
              "umask 022; cd ~/place && touch set-id && chmod 755 set-id && stat -c %a set-id; rm set-id")
          .prints("755");
    }
  }

  private static Path setuid(Path program) throws Exception {
    Files.copy(Path.of("/usr/bin/id"), program);
    Files.setAttribute(program, "unix:mode", 04755);
    assertEquals(
        "rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(program)));
    return program;
  }

  @AfterAll
  static void removeTheSetuidProgram() throws Exception {
    Files.deleteIfExists(User.ORDINARY.home().resolve("setuid-id"));
  }

  @Attack(Way.MOUNTS)
  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#withNewRoot")
  void nothingIsMountedOrUndone(Setting setting) {
    List<String> denied =
        setting
            .sandbox()
            .tries(
                "mount /tmp",
                "bind /etc /tmp",
                "remount-writable /usr",
                "unmount /usr",
                "unmount /tmp",
                "pivot /tmp",
                "rename-host other",
                "raw-socket");
    assertEquals(java.util.Collections.nCopies(6, "EPERM"), denied.subList(0, 6));
    if (setting.profile() != Shipped.BALANCED) {
      assertEquals(List.of("EPERM", "EPERM"), denied.subList(6, 8));
    }
  }

  @ParameterizedTest
  @EnumSource
  void balancedHasNoRightsOverTheHost(User user) {
    assertEquals(
        List.of("EPERM", "EPERM"),
        Shipped.BALANCED.as(user).tries("rename-host other", "raw-socket"));
  }
}
