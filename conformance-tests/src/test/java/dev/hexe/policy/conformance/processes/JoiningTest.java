package dev.hexe.policy.conformance.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.Patience;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Running;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.Setting;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Sandboxes that run: what is listed, entered and stopped, by whom. */
class JoiningTest {
  private static final String LOOK =
      "for n in user pid mnt uts ipc net cgroup; do readlink /proc/self/ns/$n; done;"
          + " grep -E '^(Uid|Gid|Groups|Cap|NoNewPrivs|Seccomp)' /proc/self/status;"
          + " cat /proc/self/limits /proc/self/cgroup; umask; pwd;"
          + " cat /proc/self/environ | tr '\\0' '\\n' | grep -v '^_=' | sort";
  private static final String WAIT = "echo; read x; exit 0";

  private static Sandbox program(User user, String... arguments) {
    return Sandbox.program(arguments).as(user);
  }

  private static Sandbox enter(User user, Running sandbox) {
    return program(user, "enter", Long.toString(sandbox.pid()));
  }

  private static Optional<JsonObject> listed(User user, long supervisor) {
    String text = program(user, "ps", "--json").alone().endsWith(0).text();
    JsonArray all = JsonParser.parseString(text).getAsJsonObject().getAsJsonArray("sandboxes");
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).getAsJsonObject().get("supervisor").getAsLong() == supervisor) {
        return Optional.of(all.get(i).getAsJsonObject());
      }
    }
    return Optional.empty();
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#withNewRoot")
  void aCommandThatEntersIsConfinedAsTheFirst(Setting setting) {
    Result first = setting.sandbox().where("LOOK", LOOK).sh("eval \"$LOOK\"").endsWith(0);
    try (Running sandbox =
        setting
            .sandbox()
            .where("LOOK", LOOK)
            .start("sh", "-c", "eval \"$LOOK\"; echo end; read x")) {
      StringBuilder own = new StringBuilder();
      for (String line = sandbox.line(); !line.equals("end"); line = sandbox.line()) {
        own.append(line).append('\n');
      }
      assertTrue(first.lines().size() > 30, first::toString);
      enter(setting.user(), sandbox)
          .where("LOOK", "another one")
          .where("SECRET", "of the caller")
          .sh(LOOK)
          .prints(own.toString().stripTrailing());
      sandbox.endInput();
    }
  }

  @Attack(Way.ENTERED)
  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#extremes")
  void anotherUserNeitherEntersNorStopsIt(Setting setting) {
    Requires.root();
    User other = setting.user() == User.ROOT ? User.ORDINARY : User.ROOT;
    Requires.user(User.ORDINARY);
    try (Running sandbox = setting.sandbox().start("sh", "-c", WAIT)) {
      sandbox.line();
      if (other == User.ORDINARY) {
        assertEquals(125, enter(other, sandbox).run("true").status());
        assertNotEquals(0, program(other, "stop", Long.toString(sandbox.pid())).alone().status());
      }
      // Root may; the command inside is root's no more for that.
      String uid = enter(setting.user(), sandbox).run("id", "-u").endsWith(0).text();
      assertEquals(Long.toString(setting.user().uid()), uid);
      sandbox.endInput();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#extremes")
  void whatIsDeniedInsideIsDeniedToIt(Setting setting) {
    String secret = setting.user().fileOutside("for-those-who-enter").toString();
    try (Running sandbox = setting.sandbox().start("sh", "-c", WAIT)) {
      sandbox.line();
      enter(setting.user(), sandbox)
          .sh("cat \"$1\" 2>/dev/null || echo denied; ls /proc | grep -c '^[0-9]*$'", secret)
          .prints("denied\n5");
      sandbox.endInput();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoWatchesFromInsideLearnsNothingOfTheLauncher(User user) {
    String watch =
        "echo; while :; do for p in /proc/[0-9]*; do [ $p = /proc/1 ] && continue;"
            + " e=$(readlink $p/exe) && case $e in *hexe-policy*) ls -l $p/fd >>~/seen;; esac;"
            + " done; done 2>/dev/null";
    try (Running sandbox = Shipped.FULL.as(user).start("sh", "-c", watch)) {
      sandbox.line();
      for (int i = 0; i < 20; i++) {
        enter(user, sandbox).sh("true").endsWith(0);
      }
      assertFalse(Files.exists(user.home().resolve("seen")));
    }
  }

  private static boolean hasProcesses(int count, User user, Running sandbox) {
    return listed(user, sandbox.pid()).orElseThrow().get("processes").getAsInt() == count;
  }

  @ParameterizedTest
  @EnumSource
  void aSandboxIsListedWhileItRuns(User user) {
    try (Running sandbox = Shipped.FULL.as(user).start("sh", "-c", WAIT, "a\u001b[31mb\nc")) {
      sandbox.line();
      JsonObject entry = listed(user, sandbox.pid()).orElseThrow();
      assertEquals("full", entry.get("profile").getAsString());
      Patience.until("one that helps at the start has gone", () -> hasProcesses(2, user, sandbox));
      assertTrue(entry.get("memory_bytes").getAsLong() > 0, entry::toString);
      assertTrue(entry.get("enterable").getAsBoolean(), entry::toString);
      Result table = program(user, "ps").alone().endsWith(0);
      String line =
          table.lines().stream().filter(it -> it.contains("[31m")).findFirst().orElseThrow();
      assertTrue(line.startsWith(Long.toString(sandbox.pid())), table::toString);
      assertFalse(table.text().contains("\u001b"), table::toString);
      sandbox.endInput();
      sandbox.status();
    }
  }

  @Attack(Way.ENTERED)
  @ParameterizedTest
  @EnumSource
  void whoeverIsInsideSeesNothingOfTheOthers(User user) {
    try (Running sandbox = Shipped.FULL.as(user).start("sh", "-c", WAIT)) {
      sandbox.line();
      for (Shipped profile : new Shipped[] {Shipped.FULL, Shipped.ISOLATED}) {
        String script =
            "ls /proc/$1/fd/* /proc/$1/ns >/dev/null 2>&1 && echo seen; readlink /proc/$1/fd/*"
                + " && echo seen; echo end";
        profile.as(user).sh(script, Long.toString(sandbox.pid())).prints("end");
      }
      sandbox.endInput();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSupervisorWithTheMarkOfASandboxIsNotTakenForOne(User user) {
    try (Running outer =
        Shipped.NONE
            .as(user)
            .with("--time=1h")
            .behind("setpriv", "--no-new-privs")
            .start("sh", "-c", WAIT)) {
      outer.line();
      assertTrue(listed(user, outer.pid()).isEmpty());
      enter(user, outer).sh("echo entered").refuses("there is no sandbox");
      outer.endInput();
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneWithoutAFirstProcessIsNotEnteredAndThatIsSaid(User user) {
    try (Running sandbox = Shipped.ISOLATED.as(user).with("--time=1h").start("sh", "-c", WAIT)) {
      sandbox.line();
      assertFalse(listed(user, sandbox.pid()).orElseThrow().get("enterable").getAsBoolean());
      enter(user, sandbox).sh("echo entered").refuses("has no first process");
      sandbox.endInput();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#extremes")
  void stoppingEndsTheCommandInItsOwnWay(Setting setting) {
    String script = "trap 'exit 9' TERM; echo; while :; do sleep 0.1; done";
    try (Running sandbox = setting.sandbox().start("sh", "-c", script)) {
      sandbox.line();
      program(setting.user(), "stop", Long.toString(sandbox.pid()))
          .alone()
          .prints("")
          .saysNothing();
      assertEquals(9, sandbox.status());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatDoesNotEndIsKilledAndTidiedUp(User user) {
    String script = "trap '' TERM; echo $TMPDIR; while :; do sleep 0.1; done";
    for (Shipped profile : new Shipped[] {Shipped.FULL, Shipped.ISOLATED}) {
      try (Running sandbox = profile.as(user).with("--time=1h").start("sh", "-c", script)) {
        sandbox.line();
        program(user, "stop", Long.toString(sandbox.pid()), "--grace=200ms")
            .alone()
            .endsWith(0)
            .complains("does not end on SIGTERM");
        assertEquals(137, sandbox.status());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoSandboxIsNotStopped(User user) {
    try (Running other = Shipped.ISOLATED.as(user).start("sh", "-c", WAIT)) {
      other.line();
      for (String id : new String[] {Long.toString(other.pid()), "1", "x", "0", "../self", "-1"}) {
        program(user, "stop", "--", id).alone().refuses("there is no sandbox");
        program(user, "enter", id).sh("echo entered").refuses("there is no sandbox");
      }
      assertTrue(ProcessHandle.of(other.pid()).isPresent());
      other.endInput();
      assertEquals(0, other.status());
    }
  }
}
