package dev.hexe.policy.conformance.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.Product;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.Setting;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Somebody works in a sandbox at a terminal: what is typed, shown, resized and stopped there, and
 * how the terminal is left behind. The scripts are in {@code src/test/terminal}.
 */
class TerminalTest {
  /** With a terminal of the command's own, and on the caller's. */
  static Stream<Setting> shapes() {
    return Setting.of(Shipped.SANDBOX, Shipped.ISOLATED);
  }

  /** In each design. */
  static Stream<Setting> designs() {
    return Setting.of(Shipped.BALANCED, Shipped.SANDBOX, Shipped.ISOLATED);
  }

  /** Where the command has a terminal of its own. */
  static Stream<Setting> own() {
    return Setting.of(Shipped.BALANCED, Shipped.SANDBOX);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void bashHasKeysJobsHistoryAndSize(Setting setting) {
    Terminal.of(setting).plays("shell.bash", "bash", "--norc", "--noprofile", "-i");
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void dashHasKeysJobsAndSize(Setting setting) {
    Terminal.of(setting).plays("shell.dash", "dash", "-i");
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void aPagerAndAnEditorWork(Setting setting) {
    // Right in the home nothing new is made with Landlock alone.
    Sandbox.none().as(setting.user()).sh("mkdir -p at-terminal").endsWith(0);
    Terminal.of(setting).plays("programs", "bash", "--norc", "--noprofile", "-i");
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void aScriptAsks(Setting setting) {
    String script =
        "read -p 'name? ' n; echo hello $n; read -s -p 'word? ' w; echo; echo taken ${#w};"
            + " select c in milk tea; do echo $c; break; done";
    Terminal.of(setting).plays("prompts", "bash", "-c", script);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void theSizeOfTheWindowIsPassedOn(Setting setting) {
    String script =
        "trap 'echo signal' WINCH; echo ready;"
            + " while :; do new=$(stty size); [ \"$new\" = \"$old\" ] || echo size $new; old=$new; sleep 0.1; done";
    Terminal.of(setting).plays("resized", "bash", "-c", script);
  }

  @ParameterizedTest
  @MethodSource("own")
  void theModesAreAsBeforeAfterAnExitInRawMode(Setting setting) {
    Terminal.of(setting)
        .plays("raw-exit", "sh", "-c", "stty raw -echo; echo ready; read -r x; exit 3");
  }

  @ParameterizedTest
  @MethodSource("own")
  void theModesAreAsBeforeWhereTheCommandWasKilled(Setting setting) {
    String script = "stty raw -echo; echo ready; exec sleep 100";
    Terminal.of(setting).plays("raw-killed", "sh", "-c", script);
  }

  @ParameterizedTest
  @MethodSource("own")
  void theModesAreAsBeforeWhereTheFirstProcessWasKilled(Setting setting) {
    String script = "stty raw -echo; echo ready; exec sleep 100";
    Terminal.of(setting).plays("raw-init-killed", "sh", "-c", script);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void theSandboxIsAJobOfTheShellOutside(Setting setting) {
    Terminal.of(setting).playsInShell("jobs");
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void itIsAPartOfPipelines(Setting setting) {
    Terminal.of(setting).playsInShell("pipelines");
  }

  @Attack(Way.TERMINAL)
  @ParameterizedTest
  @MethodSource("designs")
  void pushedKeysDoNotReachTheShellOutside(Setting setting) {
    Terminal.of(setting).playsInShell("pushed-keys");
  }

  @Attack(Way.TERMINAL)
  @ParameterizedTest
  @MethodSource("own")
  void withoutAPtyTheTerminalIsSharedAndSafe(Setting setting) {
    Terminal.of(setting).with("--no-pty").playsInShell("no-pty");
  }

  @ParameterizedTest
  @MethodSource("own")
  void aSandboxInASandboxHasATerminal(Setting setting) {
    String program = Product.program().toString();
    String inner = setting.profile().toString();
    Terminal.of(new Setting(Shipped.MINIMAL, setting.user()))
        .plays("nested", program, "apply", inner, "--", "bash", "--norc", "--noprofile", "-i");
  }

  /** Job control keeps out of it: nobody could continue the sandbox. */
  @ParameterizedTest
  @MethodSource("own")
  void aStormOfSignalsLosesNothing(Setting setting) throws Exception {
    String script =
        "trap '' INT TERM HUP USR1; echo ready; seq 60000;"
            + " until [ -e over ]; do sleep 0.05; done; rm over; echo ended";
    Terminal.of(setting).plays("storm", "sh", "-c", script);
    Path shown = setting.user().home().resolve("shown");
    List<String> numbers =
        Files.readAllLines(shown).stream().filter(line -> line.matches("[0-9]+")).toList();
    assertEquals(IntStream.rangeClosed(1, 60000).mapToObj(String::valueOf).toList(), numbers);
  }
}
