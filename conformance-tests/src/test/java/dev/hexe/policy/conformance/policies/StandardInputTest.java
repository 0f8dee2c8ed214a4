package dev.hexe.policy.conformance.policies;

import dev.hexe.policy.conformance.harness.OwnHome;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A profile from standard input holds for one run, and nothing of it reaches the command. */
class StandardInputTest {
  private static final String PROFILE = "extends: sandbox\nhostname: %s\n";

  private static Path home(User user) {
    return OwnHome.made(
        user,
        "stdin",
        "umask 022; rm -rf \"$1\"; mkdir -p \"$1/.run\" \"$1/proj\" && chmod 700 \"$1/.run\" && cd \"$1/proj\""
            + " && printf 'extends: sandbox\\nhostname: filed\\n' >p.yaml");
  }

  private static Sandbox program(User user) {
    Requires.namespaces(user);
    return OwnHome.program(user, home(user), "apply", "-");
  }

  @ParameterizedTest
  @EnumSource(User.class)
  void theCommandFindsNothingOnItsOwn(User user) {
    program(user)
        .fed(PROFILE.formatted("piped"))
        .sh("cat /proc/sys/kernel/hostname; readlink /proc/self/fd/0; wc -c")
        .prints("piped\n/dev/null\n0");
  }

  @ParameterizedTest
  @EnumSource(User.class)
  void noPlanIsKeptForTheNextOne(User user) {
    Sandbox program = program(user);
    program.fed(PROFILE.formatted("first")).sh("cat /proc/sys/kernel/hostname").prints("first");
    program.fed(PROFILE.formatted("second")).sh("cat /proc/sys/kernel/hostname").prints("second");
  }

  @ParameterizedTest
  @EnumSource(User.class)
  void theFileItWasRedirectedFromCannotBeChanged(User user) {
    program(user)
        .behind("sh", "-c", "exec \"$@\" <p.yaml", "sh")
        .sh(
            "cat /proc/sys/kernel/hostname; { echo x >>p.yaml; } 2>/dev/null || echo kept;"
                + " mv p.yaml q.yaml 2>/dev/null || echo there; : >beside && echo beside")
        .prints("filed\nkept\nthere\nbeside");
  }

  @ParameterizedTest
  @EnumSource(User.class)
  void mistakesAreToldAndNothingRuns(User user) {
    Sandbox program = program(user);
    program
        .fed("extends: sandbox\nhostnme: x\n")
        .sh("echo ran")
        .refuses("standard input:2:1: unknown key `hostnme`", "did you mean `hostname`?");
    program.fed("").sh("echo ran").refuses("standard input is empty");
    program.with("--why").fed(PROFILE.formatted("x")).sh("echo ran").refuses("name a file");
  }
}
