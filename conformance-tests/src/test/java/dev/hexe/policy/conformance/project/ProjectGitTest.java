package dev.hexe.policy.conformance.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hexe.policy.conformance.harness.OwnHome;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Git in everyday forms under {@code project}: a linked worktree, a submodule, a sub-directory. */
class ProjectGitTest {
  private static final String COMMANDS =
      "set -e; echo 2 >>a; git status --short; git add -A; git commit -qm two; git log --oneline | wc -l;"
          + " git branch topic; git switch -q topic; git switch -q -; git merge -q topic; git tag v1-$1;"
          + " git stash list; git branch -d topic >/dev/null; git gc --quiet; git pack-refs --all; git diff HEAD~1 --stat | wc -l";

  private static Path home(User user, String name) {
    boolean git =
        List.of("/usr/bin/git", "/usr/local/bin/git").stream()
            .anyMatch(it -> Files.isExecutable(Path.of(it)));
    assumeTrue(git, "git");
    return OwnHome.made(
        user,
        "project-git-" + name,
        "umask 022; rm -rf \"$1\" && mkdir -p \"$1\" && cd \"$1\" && git config --global user.email a@b.example"
            + " && git config --global user.name me && git config --global init.defaultBranch main"
            + " && git config --global protocol.file.allow always"
            + " && git init -q lib && cd lib && echo 1 >a && git add a && git commit -qm one && cd .."
            + " && git init -q shop && cd shop && mkdir part && echo 1 >part/a && echo 1 >a && git add . && git commit -qm one"
            + " && git submodule --quiet add ../lib lib && git commit -qm lib && git worktree add -q ../fix -b fix");
  }

  @ParameterizedTest
  @EnumSource
  void everydayCommandsWork(User user) {
    Path home = home(user, "work");
    for (String place : List.of("shop", "shop/part", "fix", "shop/lib")) {
      String tag = place.replace("/", "-");
      OwnHome.project(user, home, place).sh(COMMANDS, tag).endsWith(0);
      Sandbox.none()
          .as(user)
          .where("HOME", home.toString())
          .in(home.resolve(place))
          .sh("git fsck --no-progress >/dev/null 2>&1 && git tag -l \"v1-$1\"", tag)
          .prints("v1-" + tag);
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingThatGitOutsideObeysIsWritten(User user) throws Exception {
    Path home = home(user, "plants");
    String plants =
        "exec 2>/dev/null; g=\"$1/shop/.git\"; for f in $g/config $g/hooks/post-checkout $g/hooks/new $g/modules/lib/config"
            + " $g/modules/lib/hooks/post-checkout $g/worktrees/fix/gitdir $g/worktrees/fix/commondir"
            + " $g/modules/lib/hooks; do (echo x >>$f) && echo wrote $f; test -e $f && rm -rf $f && echo removed $f;"
            + " (echo x >new && mv -f new $f) && echo replaced $f; done;"
            + " mv $g/modules $g/other && echo moved modules; mv $g/worktrees $g/other && echo moved worktrees;"
            + " mv $g ${g}2 && echo moved; (echo x >>.git) && test -f .git && echo wrote .git; echo end";
    String before = Files.readString(home.resolve("shop/.git/modules/lib/config"));
    for (String place : List.of("shop", "fix")) {
      OwnHome.project(user, home, place).sh(plants, home.toString()).prints("end");
    }
    assertEquals(before, Files.readString(home.resolve("shop/.git/modules/lib/config")));
  }

  @ParameterizedTest
  @EnumSource
  void aPlantedFileLeadsToNoOtherRepository(User user) {
    Path home = home(user, "pointer");
    Sandbox.none()
        .as(user)
        .sh("mkdir \"$1/mine\" && echo \"gitdir: $1/shop/.git\" >\"$1/mine/.git\"", home.toString())
        .endsWith(0);
    OwnHome.project(user, home, "mine")
        .sh("ls -d \"$1/shop\" 2>/dev/null; echo end", home.toString())
        .prints("end")
        .complains("does not lead back");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsPlantedRunsNothingOutside(User user) {
    Path home = home(user, "told");
    OwnHome.project(user, home, "shop/part")
        .sh(
            "git init -q ../nested && git -C ../nested commit -q --allow-empty -m x && git -C ../nested config core.fsmonitor"
                + " \"touch $1/ran; false\"; git add ../nested; cp -r ../.git/objects ../.git/refs ../.git/HEAD ../nested;"
                + " cp ../nested/.git/config ../nested; (echo ../nested >../.git/commondir) 2>/dev/null;"
                + " (echo ../../../nested >../.git/modules/lib/commondir) 2>/dev/null; true",
            home.toString())
        .endsWith(0)
        .complains("shop/nested/.git/config` would make git run something, and was made inert");
    Sandbox.none()
        .as(user)
        .where("HOME", home.toString())
        .in(home.resolve("shop"))
        .sh(
            "git status >/dev/null; cd nested && git status >/dev/null; cd; ls ran shop/.git/commondir 2>/dev/null; true")
        .prints("");
  }

  @ParameterizedTest
  @EnumSource
  void anAgentReadsTheHomeAndWritesItsStateAlone(User user) {
    Path home = home(user, "agent");
    Sandbox.none()
        .as(user)
        .where("HOME", home.toString())
        .sh(
            "cd && mkdir -p .claude/projects .claude/commands .codex .ssh && echo one >.claude/settings.json"
                + " && echo one >.claude.json && echo one >.codex/config.toml && echo key >.ssh/id && echo rc >.bashrc"
                + " && echo login >.claude/.credentials.json")
        .endsWith(0);
    Requires.namespaces(user);
    Sandbox.profile("agent")
        .as(user)
        .where("HOME", home.toString())
        .in(home.resolve("shop"))
        .sh(
            "exec 2>/dev/null; cat ~/.bashrc ~/.claude/.credentials.json ~/.ssh/id; for f in ~/.claude/settings.json ~/.claude.json"
                + " ~/.claude/commands/new ~/.codex/config.toml ~/.bashrc ~/new; do (echo x >$f) && echo wrote $f; done;"
                + " echo x >~/.claude/todos && echo x >~/.claude/projects/log && echo x >~/.codex/history && echo kept; echo x >ok && cat ok")
        .prints("rc\nlogin\nkept\nx");
  }

  @ParameterizedTest
  @EnumSource
  void aWorktreeThatGoesWithTheSandboxIsReported(User user) {
    Path home = home(user, "gone");
    String told = "was made where the sandbox keeps nothing";
    String said =
        OwnHome.project(user, home, "shop")
            .sh("git worktree add -q ../gone && git worktree add -q kept && test -e ../gone/a")
            .endsWith(0)
            .complains("warning: the work tree `" + home + "/gone` " + told)
            .stderr();
    assertFalse(said.contains("kept` " + told), said);
    Sandbox.none()
        .as(user)
        .in(home.resolve("shop"))
        .sh("git worktree prune && git worktree list | wc -l")
        .prints("3");
    String later = OwnHome.project(user, home, "shop").sh("git status").endsWith(0).stderr();
    assertFalse(later.contains(told), later);
  }
}
