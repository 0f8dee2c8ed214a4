package dev.hexe.policy.conformance.files;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.hexe.policy.conformance.harness.OwnHome;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.Setting;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Everyday work with git, by default and where git may change its configuration. */
class EverydayGitTest {
  private static final String SETUP =
      "rm -rf \"$1\" && mkdir \"$1\" && cd \"$1\" && git init -q --bare origin && git clone -q origin work"
          + " && cd work && git config user.name n && git config user.email a@b"
          + " && git commit -q --allow-empty -m x && git push -q origin HEAD:main HEAD:feature && git fetch -q"
          + " && git worktree add -q ../tree";

  @BeforeAll
  static void thereIsGit() {
    Requires.command("git");
  }

  static Stream<Setting> settings() {
    return Setting.of(Shipped.BALANCED, Shipped.SANDBOX);
  }

  private static Path project(User user, String name) {
    Path place = user.ownHome("git-" + name);
    Sandbox.none()
        .as(user)
        .where("HOME", place.toString()) // and no configuration of the user's
        .sh(SETUP, place.toString())
        .endsWith(0);
    return place.resolve("work");
  }

  private static Sandbox in(Path directory, Setting setting, String... options) {
    return OwnHome.in(
            setting.sandbox(),
            setting.user(),
            directory.resolveSibling(""),
            directory.getFileName() + "")
        .with(options);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void byDefaultALineSaysWhyAndWhatToDo(Setting setting) {
    Path work = project(setting.user(), "default");
    for (Path directory : new Path[] {work, work.resolveSibling("tree")}) {
      for (int run = 0; run < 2; run++) { // the second by the plan of the first
        in(directory, setting)
            .sh("git remote add up ../other")
            .endsWith(128)
            .complains(work + "/.git/config` is protected", "`--git-config`");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void whereItIsAllowedAllOfItWorksAndIsReported(Setting setting) {
    Path work = project(setting.user(), "allowed");
    Result result =
        in(work, setting, "--git-config")
            .sh(
                "git switch -q feature && git switch -q -c mine && git push -q -u origin mine && git switch -q feature"
                    + " && git branch -q -D mine && git remote add up ../other && git config user.email c@d"
                    + " && git config core.fsmonitor ./evil")
            .endsWith(0)
            .complains(
                "and harmless: ",
                "branch.feature.merge=refs/heads/feature",
                "remote.up.url=../other",
                "user.email=c@d",
                "warning: `core.fsmonitor=./evil` was added");
    in(work, setting, "--git-config").sh("git config user.name x").endsWith(0);
    in(work.resolveSibling("tree"), setting, "--git-config")
        .sh("git config user.name y")
        .endsWith(0)
        .complains("user.name=y");
    assertFalse(result.stderr().contains("could not write"), result::toString);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void hooksStayProtected(Setting setting) {
    Path work = project(setting.user(), "hooks");
    for (Path directory : new Path[] {work, work.resolveSibling("tree")}) {
      in(directory, setting, "--git-config")
          .sh(
              "exec 2>/dev/null; touch \"$1\"/.git/hooks/new && echo made; mv \"$1\"/.git \"$1\"/g && echo moved;"
                  + " mv \"$1\"/.git/hooks \"$1\"/h && echo moved; echo tried",
              work.toString())
          .prints("tried");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whereLandlockAloneIsThereItIsSaidThatItCannotBe(User user) {
    Requires.landlock(3);
    Path work = project(user, "landlock");
    OwnHome.in(Shipped.ISOLATED.as(user), user, work.resolveSibling(""), "work")
        .with("--protect", "default", "--git-config")
        .sh("true")
        .endsWith(0)
        .complains("`git.config: writable` has no effect");
    OwnHome.in(Shipped.MINIMAL.as(user), user, work.resolveSibling(""), "work")
        .with("--git-config")
        .sh("true")
        .refuses("`git.config: writable` has no effect");
  }
}
