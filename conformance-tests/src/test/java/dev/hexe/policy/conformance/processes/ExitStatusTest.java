package dev.hexe.policy.conformance.processes;

import static dev.hexe.policy.conformance.harness.Shipped.FULL;
import static dev.hexe.policy.conformance.harness.Shipped.ISOLATED;
import static dev.hexe.policy.conformance.harness.Shipped.MINIMAL;

import dev.hexe.policy.conformance.harness.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The exit status is the command's, or says why there was no command. */
class ExitStatusTest {
  /** A supervised profile, and two that run in place. */
  static Stream<Setting> shapes() {
    return Setting.of(FULL, MINIMAL, ISOLATED);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void isTheCommands(Setting setting) {
    setting.sandbox().sh("exit 3").endsWith(3);
    setting.sandbox().sh("exit 255").endsWith(255);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void isTheSignalsNumberAnd128(Setting setting) {
    setting.sandbox().sh("kill -KILL $$").endsWith(137);
    setting.sandbox().sh("kill -TERM $$").endsWith(143);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void is127WhereThereIsNoSuchCommand(Setting setting) {
    setting.sandbox().run("no-such-command").endsWith(127).complains("`no-such-command` not found");
    setting.sandbox().run("/no/such").endsWith(127).complains("`/no/such` does not exist");
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void is126WhereItCannotBeExecuted(Setting setting) throws Exception {
    Path data = setting.user().home().resolve("data");
    Files.writeString(data, "data");
    setting.sandbox().run(data.toString()).endsWith(126).complains("cannot execute `" + data);
    setting.sandbox().run("/etc").endsWith(126).complains("cannot execute `/etc`");
  }
}
