package dev.hexe.policy.conformance.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.OwnHome;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Files above the working directory that programs look for from where they are called upwards,
 * where the home can be written.
 */
class AboveTest {
  private static final List<String> OBEYED =
      List.of(
          "a/.envrc",
          "a/mise.toml",
          "a/CLAUDE.md",
          "AGENTS.md",
          "a/.vscode/tasks.json",
          "a/.idea/workspace.xml",
          "a/.cargo/config.toml",
          "a/.yarnrc.yml",
          "a/.dir-locals.el",
          ".envrc");

  private static final String MAKE =
      "umask 022; rm -rf \"$1\" && mkdir -p \"$1/a/b\" && cd \"$1\" && echo a >a/README";

  private static final String MAKE_ALL =
      MAKE
          + " && for f in "
          + String.join(" ", OBEYED)
          + "; do mkdir -p \"$(dirname \"$f\")\" && echo a >\"$f\"; done";

  private static final String WRITE =
      "for f; do (mkdir -p \"$(dirname \"$f\")\" && echo x >>\"$f\") 2>/dev/null && echo \"$f\"; done; echo end";

  private static Sandbox sandbox(User user, Path home) {
    return OwnHome.in(Sandbox.profile("sandbox"), user, home, "a/b");
  }

  private static String[] in(Path home, List<String> files) {
    return files.stream().map(file -> home + "/" + file).toArray(String[]::new);
  }

  @Attack(Way.OBEYED_DATA)
  @ParameterizedTest
  @EnumSource
  void whatIsThereIsNotChanged(User user) {
    Requires.namespaces(user);
    Path home = OwnHome.made(user, "above-there", MAKE_ALL);
    sandbox(user, home).sh(WRITE, in(home, OBEYED)).prints("end");
    String readme = home + "/a/README";
    sandbox(user, home).sh(WRITE, readme).prints(readme + "\nend");
    String memory = home + "/a/CLAUDE.md";
    sandbox(user, home)
        .with("--write=../CLAUDE.md")
        .sh(WRITE, memory, home + "/AGENTS.md")
        .prints(memory + "\nend");
  }

  @Attack(Way.OBEYED_DATA)
  @ParameterizedTest
  @EnumSource
  void whatIsMadeIsReported(User user) {
    Requires.namespaces(user);
    Path home = OwnHome.made(user, "above-made", MAKE);
    Result result = sandbox(user, home).sh(WRITE, in(home, OBEYED));
    for (String file : OBEYED) {
      String named = file.startsWith("a/.idea") ? "a/.idea" : file;
      assertTrue(
          result.stderr().contains("`" + home + "/" + named + "` was made"), result::toString);
    }
    Result other = sandbox(user, home).sh(WRITE, home + "/a/other");
    assertFalse(other.stderr().contains("was made"), other::toString);
  }

  @Attack(Way.OBEYED_DATA)
  @ParameterizedTest
  @EnumSource
  void aRepositoryThatIsMadeRunsNothing(User user) {
    Requires.namespaces(user);
    Requires.command("git");
    Path home = OwnHome.made(user, "above-git", MAKE);
    String mark = home + "/a/b/mark";
    for (String way :
        List.of(
            "git init -q \"$1/a\" && git -C \"$1/a\" config core.fsmonitor 'touch \"$1/a/b/mark\"; false'",
            "git init -q \"$1/x\" && git -C \"$1/x\" config core.fsmonitor \"touch $1/a/b/mark; false\" && git -C \"$1/x\" config core.worktree \"$1/a\""
                + " && echo \"gitdir: $1/x/.git\" >\"$1/a/.git\"",
            "git init -q --bare \"$1/y\" && git -C \"$1/y\" config core.bare false && git -C \"$1/y\" config core.worktree \"$1/a\""
                + " && git -C \"$1/y\" config core.fsmonitor \"touch $1/a/b/mark; false\" && cp -r \"$1/y/.\" \"$1/a/\"")) {
      Result made = sandbox(user, home).sh(way, home.toString());
      assertEquals(0, made.status(), made::toString);
      Sandbox.none()
          .as(user)
          .in(home.resolve("a/b"))
          .sh("git status; [ ! -e \"$1\" ]", mark)
          .endsWith(0);
      Sandbox.none()
          .as(user)
          .sh("rm -rf \"$1/a\" \"$1/x\" \"$1/y\"; mkdir -p \"$1/a/b\"", home.toString())
          .endsWith(0);
    }
  }
}
