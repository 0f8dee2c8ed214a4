package dev.hexe.policy.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.host.Outcome;
import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.Opcode;
import dev.hexe.policy.api.plan.PlanReader;
import dev.hexe.policy.cli.host.Invocation;
import dev.hexe.policy.engine.ProbeRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramTest {
  private static final ProbeRunner EVERYTHING_WORKS =
      plans -> plans.stream().map(plan -> Outcome.success(7)).toList();
  private static final ProbeRunner NOTHING_WORKS =
      plans -> plans.stream().map(plan -> Outcome.failure("spawn", "ENOSPC")).toList();

  @TempDir Path home;
  private final Screen screen = new Screen();
  private final Map<String, String> environment = new HashMap<>();
  private boolean waiting;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "-h",
        "help",
        "help apply",
        "apply --help",
        "apply sandbox -h",
        "explain --help",
        "doctor --help",
        "profiles --help",
        "profiles show --help",
        "profiles",
        "profiles list",
        "profiles list --json",
        "profiles show sandbox",
        "explain none",
        "explain none --json",
        "explain none -- ls --unknown",
        "doctor",
        "doctor --json",
        "doctor --fix",
        "explain --diff full full",
        "explain --diff full full --json",
      })
  void whatIsAskedForIsPrinted(String line) {
    assertEquals(0, run(EVERYTHING_WORKS, line), screen.err());
    assertEquals("", screen.err());
    assertFalse(screen.out().isBlank());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "aply | unknown command `aply` | did you mean `apply`?",
        "xyzzy | unknown command `xyzzy` | `hexe-policy --help` lists the commands",
        "--versoin | unknown option `--versoin` | did you mean `--version`?",
        "apply | no command given | put it after `--`, as in `hexe-policy apply sandbox -- make test`",
        "apply sandbox ls -l | no command given | put it after `--`",
        "explain --memry=1G | unknown option `--memry` | did you mean `--memory`?",
        "explain --ro /usr | unknown option `--ro` | here it is `--read=PATH`",
        "explain --env=A=b | unknown option `--env` | here it is `--setenv=NAME=VALUE`",
        "explain --no-network | unknown option `--no-network` | here it is `--network=none`",
        "explain --bind-try /a /b | unknown option `--bind-try` | here it is `--bind-if-present=SRC:DST`",
        "explain --dry-run | unknown option `--dry-run` | here it is `hexe-policy explain`",
        "explain --isolatd | unknown option `--isolatd` | did you mean `--isolated`?",
        "explain --zzz | unknown option `--zzz` | `hexe-policy explain --help` lists the options",
        "explain none extra | unexpected argument `extra` | `hexe-policy explain --help`",
        "explain --memory | option `--memory` needs a value | `hexe-policy explain --help`",
        "explain --memory --strict | option `--memory` needs a value | `hexe-policy explain --help`",
        "explain --diff full | option `--diff` needs a value | `hexe-policy explain --help`",
        "explain none --diff full full | `--diff` names both profiles | as in",
        "explain --diff full fulll | unknown profile `fulll` | did you mean `full`?",
        "explain --strict=yes | option `--strict` takes no value | `hexe-policy explain --help`",
        "explain --pids=1 --pids=2 | option `--pids` is given twice | `hexe-policy explain --help`",
        "explain --strict --best-effort | `--strict` and `--best-effort` exclude each other | choose one",
        "explain --backend=x | unknown backend `x` for `--backend` | accepted: `landlock`",
        "explain sandbx | unknown profile `sandbx` | did you mean `sandbox`?",
        "explain full --isolated | `profile` chooses `full`, but `--isolated` | choose once",
        "explain --memory=much | `--memory`: `much` is not a memory limit | accepted:",
        "explain --host=/no/such | /no/such: cannot be read: no such file or directory | ''",
        "compile -o x --status-fd=x | option `--status-fd`: `x` is not a descriptor | accepted:",
        "compile -o x --sync-fd=2 | option `--sync-fd`: `2` is not a descriptor beside the standard ones | accepted:",
        "compile -o x --status-fd=3 --status-file=f | `--status-fd` and `--status-file` exclude | choose one",
        "profiles shw | unexpected argument `shw` | did you mean `show`?",
        "profiles show | no profile named | as in `hexe-policy profiles show sandbox`",
        "doctor x | unexpected argument `x` | `hexe-policy doctor --help`",
      })
  void mistakesAreToldWithHelp(String line, String message, String help) {
    assertEquals(125, run(EVERYTHING_WORKS, line));
    assertEquals("", screen.out());
    assertTrue(screen.err().startsWith("hexe-policy: " + message), screen.err());
    assertTrue(help.isEmpty() || screen.err().contains("\n  help: " + help), screen.err());
  }

  @Test
  void withoutArgumentsTheCommandsAreShownAsAMistake() {
    assertEquals(125, run(EVERYTHING_WORKS, ""));
    assertTrue(screen.err().startsWith("hexe-policy runs a command"), screen.err());
  }

  @Test
  void applyHandsOverAPlan() throws IOException {
    waiting = true;
    assertEquals(0, run(EVERYTHING_WORKS, "apply none"), screen.err());
    assertEquals("", screen.out() + screen.err());
    byte[] magic = "HEXEPLAN".getBytes(StandardCharsets.US_ASCII);
    assertArrayEquals(magic, Arrays.copyOf(Files.readAllBytes(plan()), magic.length));
  }

  @Test
  void applyThatRefusesHandsOverNothing() {
    waiting = true;
    assertEquals(125, run(NOTHING_WORKS, "apply sandbox"));
    assertTrue(
        screen
            .err()
            .startsWith("hexe-policy: profile `sandbox` cannot be enforced on this host\n  "),
        screen.err());
    assertFalse(Files.exists(plan()));
  }

  @Test
  void whereAStatusIsAskedForThePlanTellsOfTheRefusal() throws IOException {
    waiting = true;
    assertEquals(0, run(NOTHING_WORKS, "apply sandbox --status-fd=3 --info-fd=4 --usage"));
    assertTrue(
        screen.err().startsWith("hexe-policy: profile `sandbox` cannot be enforced"), screen.err());
    List<Opcode> actions =
        PlanReader.read(Files.readAllBytes(plan())).actions().stream().map(Action::opcode).toList();
    assertEquals(List.of(Opcode.STATUS_DESCRIPTOR, Opcode.REFUSE), actions);
  }

  @Test
  void applyWithHelpAndACommandRunsNothing() {
    waiting = true;
    assertEquals(125, run(EVERYTHING_WORKS, "apply -h"));
    assertFalse(Files.exists(plan()));
  }

  @Test
  void explainTellsOfARefusalAndSucceeds() {
    assertEquals(0, run(NOTHING_WORKS, "explain sandbox"), screen.err());
    assertTrue(screen.out().contains("✗ would be refused with status 125"), screen.out());
    assertTrue(screen.out().endsWith("no plan: nothing would run\n"), screen.out());
  }

  @Test
  void differentProfilesAreToldByTheStatusAsWithDiff() {
    assertEquals(1, run(EVERYTHING_WORKS, "explain --diff balanced full"), screen.err());
    assertTrue(screen.out().contains("\n  network "), screen.out());
    assertEquals("", screen.err());
  }

  @Test
  void exposuresAreNamedAndValuesNever() {
    environment.put("SOME_TOKEN", "hunter2");
    run(EVERYTHING_WORKS, "explain none");
    assertTrue(screen.out().contains("SOME_TOKEN"), screen.out());
    assertFalse(screen.out().contains("hunter2"), screen.out());
  }

  @Test
  void theFixIsAScript() {
    assertEquals(0, run(NOTHING_WORKS, "doctor --fix"), screen.err());
    assertTrue(screen.out().startsWith("#!/usr/bin/env bash\n"), screen.out());
  }

  @Test
  void factsOfOneHostAreExplainedOnAnother() throws IOException {
    run(NOTHING_WORKS, "doctor --json");
    Path facts = Files.writeString(home.resolve("facts.json"), screen.out());
    Screen other = new Screen();
    assertEquals(0, run(EVERYTHING_WORKS, "explain sandbox --host=" + facts, other), other.err());
    assertTrue(other.out().contains("there, on Linux "), other.out());
    assertTrue(other.out().contains("✗ would be refused with status 125"), other.out());
  }

  @Test
  void theEnvironmentChoosesAProfile() {
    environment.put("HEXE_VOIDBOX_PROFILE", "none");
    run(EVERYTHING_WORKS, "explain");
    assertTrue(screen.out().startsWith("profile none: "), screen.out());
  }

  @Test
  void everythingUnexpectedIsAnInternalError() {
    ProbeRunner broken =
        plans -> {
          throw new IllegalStateException("a \033[31mbug");
        };
    assertEquals(125, run(broken, "doctor"));
    assertEquals(
        """
        hexe-policy: internal error: java.lang.IllegalStateException: a \ufffd[31mbug
          help: set HEXE_DEBUG=1 to see where it happened, and report it
        """,
        screen.err());
    environment.put("HEXE_DEBUG", "1");
    run(broken, "doctor");
    assertTrue(screen.err().contains("\tat dev.hexe.policy.cli.ProgramTest"), screen.err());
  }

  private int run(ProbeRunner probes, String line) {
    return run(probes, line, screen);
  }

  private int run(ProbeRunner probes, String line, Screen onto) {
    environment.putIfAbsent("HOME", home.toString());
    Map<String, String> properties = new HashMap<>();
    properties.put("hexe.caller", "1000:1000:1000:1000:0:");
    properties.put("user.dir", home.toString());
    properties.put("user.name", "you");
    properties.put("hexe.launcher", "/opt/hexe/bin/hexe-policy");
    if (waiting) {
      properties.put("hexe.plan", plan().toString());
      properties.put("hexe.command", "make");
    }
    Invocation invocation =
        new Invocation(environment, properties::get, probes, path -> Optional.empty());
    List<String> arguments = line.isEmpty() ? List.of() : List.of(line.split(" "));
    return new Program(invocation, onto.output).run(arguments);
  }

  private Path plan() {
    return home.resolve("plan");
  }
}
