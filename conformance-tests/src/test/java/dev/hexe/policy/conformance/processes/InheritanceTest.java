package dev.hexe.policy.conformance.processes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.Host;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.Setting;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The inheritance of a command from its caller, and of its own children. */
class InheritanceTest {
  private static final String OPEN_MORE = "exec 7</etc 8<. 9>>\"$0\"; exec \"$@\"";

  static Stream<Setting> shapes() {
    return Setting.of(Shipped.NONE, Shipped.FULL, Shipped.ISOLATED);
  }

  @Attack(Way.DESCRIPTORS)
  @ParameterizedTest
  @MethodSource("shapes")
  void openDescriptorsAreClosed(Setting setting) {
    String file = setting.user().fileOutside("held-open").toString();
    Sandbox leaky = setting.sandbox().behind("bash", "-c", OPEN_MORE, file);
    leaky.sh("cd /proc/self/fd && echo *").prints("0 1 2 3");
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void standardStreamsPassEveryByte(Setting setting) {
    byte[] bytes = new byte[1 << 20];
    new Random(1).nextBytes(bytes);
    Result result = setting.sandbox().fed(bytes).run("cat").endsWith(0);
    assertArrayEquals(bytes, result.stdout());
  }

  /** {@code /proc/self/fd} leads to what no other path inside leads to. */
  @Attack(Way.DESCRIPTORS)
  @ParameterizedTest
  @EnumSource
  void aFileOnStandardInputCanBeReadAndNothingElse(User user) {
    Requires.landlock(3);
    String file = user.fileOutside("to-be-read").toString();
    for (Shipped profile : List.of(Shipped.SANDBOX, Shipped.FULL, Shipped.ISOLATED)) {
      Sandbox reading = profile.as(user).behind("sh", "-c", "exec \"$@\" <\"$0\"", file);
      reading.run("cat").prints("#!/bin/sh\necho executed");
      assertEquals(
          List.of("EACCES", "EACCES", "EACCES"),
          reading.tries(
              "truncate /proc/self/fd/0", "write /proc/self/fd/0", "execute /proc/self/fd/0"));
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void argumentsAndVariablesPassUnchanged(Setting setting) {
    setting
        .sandbox()
        .where("WITH", "a b\n$c")
        .sh("printf '%s|' \"$WITH\" \"$@\"", "", "a b", "--", "$x", "*")
        .prints("a b\n$c||a b|--|$x|*|");
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void signalsAreBlockedAndIgnoredAsByTheCaller(Setting setting) {
    String[] look = {"grep", "-E", "^Sig(Blk|Ign):", "/proc/self/status"};
    setting.sandbox().run(look).prints(Host.output(look));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void limitsAreTheCallers(Setting setting) {
    setting
        .sandbox()
        .behind("prlimit", "--nofile=321:654")
        .sh("ulimit -Sn; ulimit -Hn")
        .prints("321\n654");
  }

  @Attack(Way.FILES)
  @ParameterizedTest
  @EnumSource
  void grandchildrenAreConfinedAlike(User user) {
    Path secret = user.fileOutside("for-grandchildren");
    String nested =
        ("setsid sh -c 'nohup sh -c \"(head -c1 %s || echo denied;"
                + " grep -c CapEff:.0000000000000000 /proc/self/status) 2>/dev/null\"'")
            .formatted(secret);
    Shipped.FULL.as(user).sh(nested).prints("denied\n1");
    Shipped.ISOLATED.as(user).sh(nested).prints("denied\n1");
  }

  @ParameterizedTest
  @EnumSource
  void aWorkingDirectoryThatExistsInsideIsKept(User user) throws Exception {
    Path below = user.home().resolve("below/it");
    Files.createDirectories(below);
    Result result = Shipped.FULL.as(user).in(below).run("pwd").prints(below.toString());
    result.saysNothing();
    Shipped.FULL.as(user).in(Path.of("/usr/bin")).run("pwd").prints("/usr/bin").saysNothing();
  }

  @ParameterizedTest
  @EnumSource
  void aWorkingDirectoryThatDoesNotIsNamedWithTheWayToAddIt(User user) {
    Path outside = user.outside();
    Shipped.FULL
        .as(user)
        .in(outside)
        .run("pwd")
        .endsWith(125)
        .complains("hexe-policy: ", "`" + outside + "`", "--write .", "--read .", "--chdir ~");
  }

  @ParameterizedTest
  @EnumSource
  void aWorkingDirectoryIsAddedByAnOption(User user) {
    Path outside = user.outside();
    Shipped.FULL
        .as(user)
        .in(outside)
        .with("--read", ".")
        .sh("pwd; ls >/dev/null && ! touch x 2>/dev/null")
        .prints(outside.toString());
    Shipped.FULL
        .as(user)
        .in(outside)
        .with("--write=" + outside)
        .sh("touch written && pwd")
        .prints(outside.toString());
  }
}
