package dev.hexe.policy.conformance.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Running;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Things beside a sandbox: the user's other processes, keys and terminals, open directories, other
 * sandboxes.
 */
class BesideTest {
  /** Before a command: a {@code /proc} that shows processes and nothing else. */
  private static final String[] PROCESSES_ALONE = {
    "unshare", "-m", "sh", "-c", "mount -t proc -o subset=pid proc /proc && exec \"$@\"", "sh"
  };

  private static final int SCOPES = 6;

  /** Namespaces alone, both designs together, Landlock alone. */
  static Stream<Arguments> designs() {
    return Stream.of("sandbox --backend=namespaces", "sandbox", "balanced", "isolated")
        .flatMap(design -> Arrays.stream(User.values()).map(user -> Arguments.of(design, user)));
  }

  private static Sandbox under(String design, User user) {
    if (design.equals("isolated")) {
      Requires.landlock(SCOPES);
    } else {
      Requires.namespaces(user);
    }
    String[] words = design.split(" ", -1);
    return Sandbox.profile(words[0]).as(user).with(Arrays.copyOfRange(words, 1, words.length));
  }

  @Attack(Way.LIMITING)
  @ParameterizedTest(name = "{0} as {1}")
  @MethodSource("designs")
  void otherProcessesAreNeitherLimitedNorSlowed(String design, User user) {
    try (Running outside = Sandbox.profile("none").as(user).start("sh", "-c", "echo; read x")) {
      outside.line();
      String pid = Long.toString(outside.pid());
      String[] acts =
          Stream.of("limit", "renice", "io-priority", "affinity", "schedule")
              .map(act -> act + " " + pid)
              .toArray(String[]::new);
      for (String answer : under(design, user).tries(acts)) {
        assertTrue(List.of("EPERM", "ESRCH").contains(answer), answer);
      }
      outside.endInput();
    }
  }

  /** What a command does to itself works. */
  @ParameterizedTest(name = "{0} as {1}")
  @MethodSource("designs")
  void theCommandLimitsItself(String design, User user) {
    under(design, user)
        .sh("ulimit -c 0 && nice -n 1 true && taskset 1 true && ionice -c 3 true && echo ok")
        .prints("ok");
  }

  @Attack(Way.KEYRING)
  @ParameterizedTest(name = "{0} as {1}")
  @MethodSource("designs")
  void theKeysOfTheCallerAreNeitherReadNorPlanted(String design, User user) {
    String probe = user.home().resolve("probe").toString();
    Result result =
        under(design, user)
            .behind(
                "sh",
                "-c",
                probe + " plant-key outside; \"$@\"; " + probe + " find-key inside",
                "sh")
            .run(probe, "find-key", "outside", ",", "plant-key", "inside");
    assertEquals("ok", result.lines().get(0), result::toString);
    assertFalse(result.lines().get(1).equals("ok"), result::toString);
    assertFalse(result.lines().get(3).equals("ok"), result::toString);
  }

  @Attack(value = Way.TERMINALS, design = "Landlock alone")
  @ParameterizedTest
  @EnumSource
  void theUsersOtherTerminalsAreNotOpened(User user) {
    Requires.landlock(SCOPES);
    Requires.command("script");
    Result result =
        Shipped.ISOLATED
            .as(user)
            .behind(
                "sh",
                "-c",
                "exec 3>&1; script -qec 'tty >tty.name; sleep 5' /dev/null >/dev/null & sleep 1; \"$@\" \"$(cat tty.name)\"",
                "sh")
            .sh("test -n \"$1\"; (: <>\"$1\") 2>/dev/null && echo opened; echo end");
    result.prints("end");
  }

  @Attack(Way.STREAMS)
  @ParameterizedTest(name = "{0} as {1}")
  @MethodSource("designs")
  void aDirectoryAsAStandardStreamIsRefused(String design, User user) {
    for (String redirection : List.of("</", "2</", "1</")) {
      Result result =
          under(design, user).behind("sh", "-c", "exec \"$@\" " + redirection, "sh").run("true");
      assertEquals(125, result.status(), result::toString);
      if (!redirection.startsWith("2")) {
        result.complains("is a directory, which would lead out of the sandbox");
      }
    }
  }

  /** A second overlay on the same directory is undefined to the kernel. */
  @Attack(Way.OVERLAYS)
  @ParameterizedTest
  @EnumSource
  void anOverlaysChangesBelongToOneSandboxAtATime(User user) throws Exception {
    Requires.namespaces(user);
    Path home = user.outside().resolve("one-overlay");
    Sandbox.none()
        .as(user)
        .sh(
            "rm -rf \"$1\" && mkdir -p \"$1/lower\" \"$1/upper\" \"$1/work\" \"$1/merged\"",
            home.toString())
        .endsWith(0);
    Sandbox sandbox =
        Sandbox.profile("full")
            .as(user)
            .with(
                "--overlay="
                    + home
                    + "/lower:/kept:upper="
                    + home
                    + "/upper,work="
                    + home
                    + "/work");
    try (Running first = sandbox.start("sh", "-c", "echo there; read x")) {
      assertEquals("there", first.line());
      sandbox.run("true").refuses("holds the changes of another sandbox, which runs");
      first.signal("KILL");
      first.status();
    }
    Result again = sandbox.run("true");
    for (int tries = 0; again.status() == 125 && tries < 50; tries++) {
      again = sandbox.run("true");
    }
    again.endsWith(0);
  }

  /** What the caller's own /proc leaves out is covered inside all the same. */
  @Attack(Way.PROC_SUBSET)
  @Test
  void rootWritesNoKernelSettingsWhereItsProcShowsProcessesAlone() {
    Requires.root();
    for (Shipped profile : Shipped.withNewRoot()) {
      List<String> answers =
          profile
              .as(User.ROOT)
              .behind(PROCESSES_ALONE)
              .tries("write /proc/sys/kernel/core_pattern", "write /proc/sysrq-trigger");
      assertFalse(answers.contains("ok"), profile::toString);
    }
  }

  @Test
  void whatTheCallersProcLeavesOutIsNotExpectedInside() {
    Requires.root();
    Requires.landlock(6);
    Sandbox.program("verify", "isolated").as(User.ROOT).behind(PROCESSES_ALONE).alone().endsWith(0);
  }

  /** A plan goes where it was sent: through devices, pipes and links, of which none is replaced. */
  @Attack(value = Way.COMPILING, design = "no design")
  @ParameterizedTest
  @EnumSource
  void compilingReplacesNothingButFiles(User user) throws Exception {
    Path home = user.home().resolve("compile-out");
    Sandbox.none()
        .as(user)
        .sh(
            "rm -rf \"$1\" && mkdir \"$1\" && cd \"$1\" && ln -s real link && mkfifo pipe",
            home.toString())
        .endsWith(0);
    Sandbox.program("compile", "none", "-o", "/dev/null").as(user).in(home).alone().endsWith(0);
    assertTrue(
        Files.readAttributes(Path.of("/dev/null"), "unix:mode").get("mode") instanceof Integer mode
            && (mode & 0170000) == 0020000);
    Sandbox.program("compile", "none", "-o", "link").as(user).in(home).alone().endsWith(0);
    assertTrue(Files.isSymbolicLink(home.resolve("link")));
    assertTrue(Files.size(home.resolve("real")) > 0);
    Result piped =
        Sandbox.program("compile", "none", "-o", "pipe")
            .as(user)
            .in(home)
            .behind("sh", "-c", "cat pipe & \"$@\"; wait", "sh")
            .alone();
    assertTrue(piped.text().startsWith("HEXEPLAN"), piped::toString);
    Result out =
        Sandbox.program("compile", "none", "-o", "/dev/stdout")
            .as(user)
            .behind("sh", "-c", "\"$@\" | cat", "sh")
            .alone();
    assertTrue(out.text().startsWith("HEXEPLAN"), out::toString);
  }
}
