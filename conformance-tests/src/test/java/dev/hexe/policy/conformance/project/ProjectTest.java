package dev.hexe.policy.conformance.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.harness.InstalledJava;
import dev.hexe.policy.conformance.harness.OwnHome;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The profile {@code project}: one project can be written, and the home is not there. */
class ProjectTest {
  /** A home of its own with a project in it. */
  private static Path home(User user, String name) {
    return OwnHome.made(
        user,
        "project-" + name,
        "umask 022; rm -rf \"$1\"; mkdir -p \"$1/.local/state\" \"$1/src/shop/part\" \"$1/src/other\" \"$1/.nvm/bin\" \"$1/.ssh\""
            + " && cd \"$1\" && echo key >.ssh/id && echo rc >.bashrc && echo '[user]' >.gitconfig"
            + " && printf '#!/bin/sh\\necho tool\\n' >.nvm/bin/tool && chmod 755 .nvm/bin/tool"
            + " && cd src/shop && mkdir -p .git/objects .git/refs .git/hooks"
            + " && echo 'ref: refs/heads/main' >.git/HEAD && echo '[core]' >.git/config");
  }

  @ParameterizedTest
  @EnumSource
  void theProjectAloneCanBeWritten(User user) {
    Path home = home(user, "write");
    OwnHome.project(user, home, "src/shop/part")
        .sh(
            "exec 2>/dev/null; pwd; echo one >made && echo two >../made && cat made ../made;"
                + " ls ../..; ls -A ~/src; (echo x >../../beside) && echo beside; (echo x >/usr/x) && echo usr;"
                + " (echo x >/etc/x) && echo etc; (echo x >~/.bashrc) && (echo x >~/.profile) && echo home")
        .prints(home + "/src/shop/part\none\ntwo\nshop\nshop\nbeside\nhome");
    assertTrue(Files.exists(home.resolve("src/shop/made")));
    assertFalse(Files.exists(home.resolve("src/beside")));
    assertEquals("rc\n", read(home.resolve(".bashrc")));
  }

  @ParameterizedTest
  @EnumSource
  void theHomeIsEmptyAtEachStart(User user) {
    Path home = home(user, "empty");
    for (int run = 0; run < 2; run++) {
      OwnHome.project(user, home, "src/shop")
          .sh(
              "exec 2>/dev/null; cat ~/.ssh/id ~/.bashrc ~/left; find ~ -type f -not -path \"$PWD/*\" | sort; echo x >~/left; ~/.nvm/bin/tool;"
                  + " (echo x >~/.nvm/bin/tool) && echo wrote; (echo x >~/.gitconfig) && echo wrote; stat -c %a ~")
          .prints(home + "/.gitconfig\n" + home + "/.nvm/bin/tool\ntool\n700");
    }
    assertFalse(Files.exists(home.resolve("left")));
  }

  @ParameterizedTest
  @EnumSource
  void verifyFindsEverythingAsPromised(User user) {
    Path home = home(user, "verify");
    Requires.namespaces(user);
    verify("project", user, home);
    OwnHome.in(Sandbox.none(), user, home, "")
        .sh("mkdir -p .cache/bazel/x .cache/pip && touch .cache/bazel/x/note .cache/pip/page")
        .endsWith(0);
    verify("agent", user, home);
  }

  private static void verify(String profile, User user, Path home) {
    OwnHome.in(Sandbox.program("verify", profile), user, home, "src/shop").alone().endsWith(0);
  }

  @ParameterizedTest
  @EnumSource
  void javaHasTheSameHome(User user) {
    Path home = home(user, "java");
    OwnHome.project(user, home, "src/shop")
        .with("--read=" + InstalledJava.of(user))
        .sh(
            "echo x >~/seen; cat >J.java <<'END'\n"
                + "class J { public static void main(String[] a) throws Exception {"
                + " System.out.print(java.nio.file.Files.readString(java.nio.file.Path.of("
                + "System.getProperty(\"user.home\"), \"seen\"))); } }\n"
                + "END\n"
                + "\"$JAVA_HOME/bin/java\" J.java; getent passwd \"$(id -u)\" | cut -d: -f6")
        .prints("x\n" + home);
  }

  @ParameterizedTest
  @EnumSource
  void whatGitAndEditorsObeyStaysAsItIs(User user) {
    Path home = home(user, "git");
    Sandbox.none()
        .as(user)
        .in(home.resolve("src/shop"))
        .sh("mkdir .vscode && echo one >.vscode/tasks.json && echo hook >.git/hooks/post")
        .endsWith(0);
    OwnHome.project(user, home, "src/shop/part")
        .sh(
            "exec 2>/dev/null; cd ..; for f in .git/config .git/hooks/post .git/hooks/new .vscode/tasks.json; do"
                + " (echo x >>$f) && echo wrote $f; rm $f && echo removed $f; done;"
                + " mv .git git && echo moved; mv .vscode code && echo moved; echo free >.git/free; cat .git/free")
        .prints("free");
    assertEquals("one\n", read(home.resolve("src/shop/.vscode/tasks.json")));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoProjectIsRefusedWithTheFix(User user) {
    Path home = home(user, "refused");
    OwnHome.project(user, home, "src/..")
        .sh("echo ran")
        .endsWith(125)
        .complains("is not a project: it is your home", "help: go to the directory of a project");
    OwnHome.project(user, Path.of("/"), "usr")
        .where("HOME", home.toString())
        .sh("echo ran")
        .endsWith(125)
        .complains("`/usr` is not a project: it is the system's");
  }

  @ParameterizedTest
  @EnumSource
  void aPlanIsKeptForEachDirectory(User user) {
    Path home = home(user, "plans");
    String[] places = {"src/shop", "src/shop/part", "src/other"};
    for (String place : places) {
      OwnHome.project(user, home, place).sh("true").endsWith(0);
    }
    for (String place : places) {
      String answer =
          Sandbox.program("cache", "why", "project")
              .as(user)
              .where("HOME", home.toString())
              .in(home.resolve(place))
              .alone()
              .endsWith(0)
              .text();
      assertTrue(answer.matches("hit: [0-9a-f]+\\.plan"), answer);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRepositoryThatAppearsIsAnotherProject(User user) {
    Path home = home(user, "appears");
    String script = "touch ../beside 2>/dev/null && test -e ../.git && echo both; pwd";
    OwnHome.project(user, home, "src/shop/part")
        .sh(script)
        .prints("both\n" + home + "/src/shop/part");
    Sandbox.none()
        .as(user)
        .in(home.resolve("src/shop/part"))
        .sh("mkdir -p .git/objects .git/refs && cp ../.git/HEAD .git/HEAD")
        .endsWith(0);
    OwnHome.project(user, home, "src/shop/part")
        .sh("test -e ../.git && echo both; pwd")
        .prints(home + "/src/shop/part");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
