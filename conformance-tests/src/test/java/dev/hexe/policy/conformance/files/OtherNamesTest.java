package dev.hexe.policy.conformance.files;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.OwnHome;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Files that are kept from the command and have another name than that of the lists: in a tree
 * bound elsewhere, behind a symlink, where git's configuration or a variable leads.
 */
class OtherNamesTest {
  /** Writes what it can of its arguments. */
  private static final String WRITE =
      "for f; do (echo x >>\"$f\") 2>/dev/null && echo \"wrote $f\"; done; echo end";

  private static final String MAKE =
      "umask 022; rm -rf \"$1\" && mkdir -p \"$1/dots/hooks\" \"$1/dots/template/hooks\" \"$1/.config/fish\" \"$1/.aws\""
          + " \"$1/keys\" \"$1/zsh\" \"$1/shop/shared\" && cd \"$1\" && echo a >dots/fish && echo secret >dots/cred && echo a >dots/more"
          + " && echo a >dots/hooks/pre-commit && echo a >dots/template/hooks/pre-commit && echo a >shop/shared/pre-commit && echo a >plain"
          + " && echo secret >keys/one && echo a >zsh/.zshrc && ln -s \"$1/dots/fish\" .config/fish/config.fish"
          + " && ln -s \"$1/dots/cred\" .aws/credentials && git config --global user.email a@b.example"
          + " && git config --global user.name me && git init -q shop && cd shop && git commit -q --allow-empty -m one"
          + " && git worktree add -q ../fix -b fix && git config --global include.path dots/more";

  private static Path home(User user, String name) {
    Requires.command("git");
    Requires.namespaces(user);
    return OwnHome.made(user, "other-names-" + name, MAKE);
  }

  private static Sandbox sandbox(User user, Path home, String directory) {
    return OwnHome.in(Sandbox.profile("sandbox"), user, home, directory);
  }

  @Attack(Way.LINKS)
  @ParameterizedTest
  @EnumSource
  void whatALinkLeadsToIsKeptInATreeBoundElsewhere(User user) {
    Path home = home(user, "links");
    sandbox(user, home, "keys")
        .with("--bind=" + home + "/dots:/all")
        .sh(WRITE, "/all/fish", home + "/dots/fish", home + "/plain")
        .prints("wrote " + home + "/plain\nend");
    for (String bind : List.of("--bind=", "--ro-bind=")) {
      Sandbox bound = sandbox(user, home, "keys").with(bind + home + "/dots:/all");
      bound.sh("cat /all/cred").endsWith(1);
      bound.sh("cat /all/fish").endsWith(0);
    }
  }

  /** The directory itself is read-only there, protected or not. */
  @Attack(Way.LINKS)
  @ParameterizedTest
  @EnumSource
  void whatALinkLeadsToIsKeptInTheProject(User user) {
    Path home = home(user, "project");
    OwnHome.in(Sandbox.profile("agent"), user, home, "dots")
        .sh(WRITE, home + "/.config/fish/config.fish", home + "/dots/fish", home + "/dots/more2")
        .prints("wrote " + home + "/dots/more2\nend");
  }

  @Attack(Way.OBEYED_DATA)
  @ParameterizedTest
  @EnumSource
  void whatAFileGitLeadsToIsKeptInATreeBoundElsewhere(User user) {
    Path home = home(user, "git");
    sandbox(user, home, "fix")
        .with(
            "--bind=" + home + ":/all",
            "--bind=" + home + "/shop:/shop",
            "--bind=" + home + "/fix:/fix")
        .sh(
            WRITE,
            "/all/fix/.git",
            "/all/shop/.git/config",
            "/all/shop/.git/hooks/new",
            "/shop/.git/config",
            "/shop/.git/hooks/new",
            "/fix/.git",
            "/fix/new")
        .prints("wrote /fix/new\nend");
  }

  @Attack(Way.OBEYED_DATA)
  @ParameterizedTest
  @EnumSource
  void whatIsKeptInTheWorkingDirectoryIsKeptInAPartBoundElsewhere(User user) {
    Path home = home(user, "part");
    String shop = home + "/shop";
    sandbox(user, home, "shop")
        .with("--bind=" + shop + "/.git:/g", "--bind=" + shop + "/shared:/s", "--protect=./shared")
        .sh(WRITE, "/g/config", "/g/hooks/new", "/s/pre-commit", "/g/description")
        .prints("wrote /g/description\nend");
    sandbox(user, home, "shop")
        .with("--ro-bind=" + shop + "/shared:/s", "--hide=./shared")
        .sh("cat /s/pre-commit")
        .endsWith(1);
    sandbox(user, home, "shop")
        .with("--bind=" + shop + "/.git:/g", "--write=.git/hooks")
        .sh(WRITE, "/g/config", "/g/hooks/new")
        .prints("wrote /g/hooks/new\nend");
  }

  @Attack(Way.OBEYED_DATA)
  @ParameterizedTest
  @EnumSource
  void aTreeThatHoldsAGuardedWorkingDirectoryIsNotBoundElsewhere(User user) {
    Path home = home(user, "held");
    for (String tree : List.of("", "/shop")) {
      sandbox(user, home, "shop")
          .with("--bind=" + home + tree + ":/all")
          .sh(WRITE, "/all/shop/.git/config", "/all/.git/config")
          .refuses("holds the working directory", "which is kept apart");
      String told =
          OwnHome.in(
                  Sandbox.program("explain", "sandbox", "--bind=" + home + tree + ":/all"),
                  user,
                  home,
                  "shop")
              .alone()
              .text();
      assertTrue(told.contains("started here, it would be refused"), told);
    }
  }

  @Attack(Way.OBEYED_DATA)
  @ParameterizedTest
  @EnumSource
  void whatTheUsersGitConfigurationNamesIsKept(User user) {
    Path home = home(user, "named");
    Sandbox.none()
        .as(user)
        .where("HOME", home.toString())
        .sh(
            "git config --file \"$1/dots/more\" core.hooksPath shared; git config --global init.templateDir '~/dots/template'",
            home.toString())
        .endsWith(0);
    for (String profile : List.of("sandbox", "balanced")) {
      OwnHome.in(Sandbox.profile(profile), user, home, "shop")
          .sh(
              WRITE,
              home + "/dots/more",
              home + "/shop/shared/pre-commit",
              home + "/dots/template/hooks/pre-commit",
              home + "/dots/hooks/pre-commit")
          .prints("wrote " + home + "/dots/hooks/pre-commit\nend");
    }
    OwnHome.project(user, home, "shop")
        .sh(WRITE, home + "/shop/shared/pre-commit", home + "/shop/new")
        .prints("wrote " + home + "/shop/new\nend");
    sandbox(user, home, "shop")
        .with("--write=" + home + "/shop/shared")
        .sh(WRITE, home + "/shop/shared/pre-commit")
        .prints("wrote " + home + "/shop/shared/pre-commit\nend");
  }

  @Attack(Way.RUN_LATER)
  @ParameterizedTest
  @EnumSource
  void whatVariablesMoveIsKept(User user) {
    Path home = home(user, "moved");
    for (String profile : List.of("sandbox", "balanced")) {
      Sandbox usual = OwnHome.in(Sandbox.profile(profile), user, home, "shop");
      usual.sh("cat \"$1\"", home + "/keys/one").prints("secret");
      Sandbox moved = usual.where("GNUPGHOME", home + "/keys").where("ZDOTDIR", home + "/zsh");
      moved.sh("cat \"$1\"", home + "/keys/one").endsWith(1);
      moved
          .sh(WRITE, home + "/zsh/.zshrc", home + "/zsh/x")
          .prints("wrote " + home + "/zsh/x\nend");
      usual.sh("cat \"$1\"", home + "/keys/one").prints("secret");
    }
  }
}
