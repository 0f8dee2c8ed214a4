package dev.hexe.policy.conformance.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.harness.OwnHome;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A coding agent that runs for the first time in a home finds its login there the next time. */
class AgentStateTest {
  private static final String LOG_IN = "echo login >~/.claude/.credentials.json";

  private static Path home(User user, String name) {
    return OwnHome.made(
        user,
        "state-" + name,
        "umask 022; chmod -R u+rwx \"$1\" 2>/dev/null; rm -rf \"$1\"; mkdir -p \"$1/src/shop\" \"$1/src/bin\" && cd \"$1/src/bin\""
            + " && printf '#!/bin/sh\\neval \"$1\"\\n' >claude && cp claude codex && cp claude other && chmod 755 claude codex other");
  }

  private static Sandbox in(User user, Path home, String... command) {
    Requires.namespaces(user);
    return OwnHome.in(Sandbox.program(command), user, home, "src/shop");
  }

  private static Sandbox agent(User user, Path home) {
    Requires.namespaces(user);
    return OwnHome.in(Sandbox.profile("agent"), user, home, "src/shop");
  }

  private static String program(Path home, String name) {
    return home.resolve("src/bin").resolve(name).toString();
  }

  @ParameterizedTest
  @EnumSource
  void whatItsFirstRunWritesIsKept(User user) throws Exception {
    Path home = home(user, "kept");
    agent(user, home).run(program(home, "other"), LOG_IN + " 2>/dev/null").endsWith(2);
    assertFalse(Files.exists(home.resolve(".claude")));
    agent(user, home).run(program(home, "claude"), LOG_IN).endsWith(0);
    agent(user, home).sh("cat ~/.claude/.credentials.json").prints("login");
    assertEquals(
        PosixFilePermissions.fromString("rwx------"),
        Files.getPosixFilePermissions(home.resolve(".claude")));
    assertFalse(Files.exists(home.resolve(".codex")));
    agent(user, home).run(program(home, "codex"), "echo x >~/.codex/auth.json").endsWith(0);
    assertTrue(Files.exists(home.resolve(".codex/auth.json")));
  }

  /** As from a shell; and a plan that was kept before it was installed knows nothing of it. */
  @ParameterizedTest
  @EnumSource
  void whatIsInstalledKeepsItWhoeverStartsIt(User user) throws Exception {
    Path home = home(user, "installed");
    String ours = System.getenv("PATH");
    Sandbox lacking = agent(user, home).where("PATH", home.resolve("bin") + ":" + ours);
    lacking.sh("mkdir ~/.claude 2>/dev/null").endsWith(1);
    lacking.sh("mkdir ~/.claude 2>/dev/null").endsWith(1);
    Sandbox.none()
        .as(user)
        .sh("mkdir \"$1/bin\" && mv \"$1/src/bin/claude\" \"$1/bin\"", home.toString())
        .endsWith(0);
    lacking.sh("claude '" + LOG_IN + "'").endsWith(0);
    lacking.sh("cat ~/.claude/.credentials.json").prints("login");
    assertFalse(Files.exists(home.resolve(".codex")));
    agent(user, home)
        .where("PATH", home.resolve("src/bin") + ":" + ours)
        .sh("codex 'echo x >~/.codex/auth.json'")
        .endsWith(0);
    assertTrue(Files.exists(home.resolve(".codex/auth.json")));
  }

  /** A plan is kept, and the directory may vanish. */
  @ParameterizedTest
  @EnumSource
  void itIsMadeAgain(User user) {
    Path home = home(user, "again");
    agent(user, home).run(program(home, "claude"), LOG_IN).endsWith(0);
    Sandbox.none().as(user).sh("rm -r \"$1/.claude\"", home.toString()).endsWith(0);
    agent(user, home).run(program(home, "claude"), LOG_IN).endsWith(0);
  }

  @ParameterizedTest
  @EnumSource
  void whatTheAgentObeysInItStaysProtected(User user) {
    Path home = home(user, "protected");
    agent(user, home).run(program(home, "claude"), LOG_IN).endsWith(0);
    agent(user, home)
        .run(
            program(home, "claude"), "mkdir ~/.claude/hooks; echo x >~/.claude/settings.json; true")
        .endsWith(0)
        .complains(".claude/settings.json");
  }

  /** The state lies where a variable leads, and not in the usual place. */
  @ParameterizedTest
  @EnumSource
  void aVariableMovesIt(User user) {
    Path home = home(user, "moved");
    String place = home.resolve("cc").toString();
    Sandbox claude = agent(user, home).where("CLAUDE_CONFIG_DIR", place);
    String logIn = "echo login >$CLAUDE_CONFIG_DIR/.credentials.json";
    claude.run(program(home, "claude"), logIn).endsWith(0);
    claude.sh("cat $CLAUDE_CONFIG_DIR/.credentials.json").prints("login");
    assertFalse(Files.exists(home.resolve(".claude")));
    claude
        .run(program(home, "claude"), "echo x >$CLAUDE_CONFIG_DIR/settings.json")
        .complains("cc/settings.json");
    claude.sh("echo x >>$CLAUDE_CONFIG_DIR/settings.json 2>/dev/null").endsWith(2);
    OwnHome.in(Sandbox.profile("sandbox"), user, home, "src/shop")
        .where("CLAUDE_CONFIG_DIR", place)
        .sh("cat $CLAUDE_CONFIG_DIR/.credentials.json 2>/dev/null")
        .endsWith(1);
  }

  @ParameterizedTest
  @EnumSource
  void aTryMakesNothing(User user) {
    Path home = home(user, "tried");
    in(user, home, "try", "agent", "--discard", "--", program(home, "claude"), "true")
        .alone()
        .endsWith(0);
    assertFalse(Files.exists(home.resolve(".claude")));
  }
}
