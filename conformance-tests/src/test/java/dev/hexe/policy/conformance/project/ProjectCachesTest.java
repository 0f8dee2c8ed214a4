package dev.hexe.policy.conformance.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.harness.OwnHome;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Running;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Caches that are kept for each project: what is put there reaches nobody else. */
class ProjectCachesTest {
  private static Path home(User user, String name) {
    return OwnHome.made(
        user,
        "caches-" + name,
        "umask 022; chmod -R u+rwx \"$1\" 2>/dev/null; rm -rf \"$1\"; mkdir -p \"$1/src/shop\" \"$1/src/other\" \"$1/.npm/sub\""
            + " && echo host >\"$1/.npm/package\"");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenIsKeptForTheProjectAlone(User user) throws Exception {
    Path home = home(user, "kept");
    String look = "cat ~/.npm/package ~/.m2/repository/jar ~/.cache/any 2>/dev/null; true";
    OwnHome.project(user, home, "src/shop")
        .sh(
            "echo poison >~/.npm/package; echo jar >~/.m2/repository/jar; echo any >~/.cache/any; rm -r ~/.npm/sub")
        .endsWith(0);
    OwnHome.project(user, home, "src/shop").sh(look).prints("poison\njar\nany");
    OwnHome.project(user, home, "src/other").sh(look).prints("host");
    assertEquals("host\n", Files.readString(home.resolve(".npm/package")));
    assertTrue(Files.exists(home.resolve(".npm/sub")));
    assertFalse(Files.exists(home.resolve(".m2")));
  }

  @ParameterizedTest
  @EnumSource
  void twoSandboxesOfAProjectHaveCachesOfTheirOwn(User user) {
    Path home = home(user, "slots");
    try (Running first =
        OwnHome.project(user, home, "src/shop")
            .start("sh", "-c", "echo first >~/.npm/package; echo up; read any")) {
      assertEquals("up", first.line());
      OwnHome.project(user, home, "src/shop")
          .sh("cat ~/.npm/package; echo second >~/.npm/package")
          .prints("host");
      first.endInput();
      first.status();
    }
    OwnHome.project(user, home, "src/shop").sh("cat ~/.npm/package").prints("first");
  }

  @ParameterizedTest
  @EnumSource
  void theyAreListedAndForgotten(User user) {
    Path home = home(user, "removed");
    OwnHome.project(user, home, "src/shop").sh("echo x >~/.npm/package").endsWith(0);
    Sandbox caches =
        Sandbox.program("caches")
            .as(user)
            .where("HOME", home.toString())
            .in(home.resolve("src/shop"));
    String list = caches.alone().endsWith(0).text();
    assertTrue(list.contains("shop-") && list.contains(home + "/src/shop"), list);
    assertTrue(caches.with("--json").alone().endsWith(0).text().contains("\"slots\": 1"));
    OwnHome.project(user, home, "src/shop")
        .with("--fresh-caches")
        .sh("cat ~/.npm/package")
        .prints("host");
    OwnHome.project(user, home, "src/shop").sh("echo x >~/.npm/package").endsWith(0);
    caches.with("remove", ".").alone().endsWith(0);
    OwnHome.project(user, home, "src/shop").sh("cat ~/.npm/package").prints("host");
    caches.with("remove", "nothing").alone().refuses("no caches are kept for `nothing`");
  }

  @ParameterizedTest
  @EnumSource
  void noOtherSandboxReachesThem(User user) {
    Path home = home(user, "reach");
    OwnHome.project(user, home, "src/shop").sh("echo x >~/.npm/package").endsWith(0);
    Sandbox.profile("sandbox")
        .as(user)
        .where("HOME", home.toString())
        .in(home)
        .sh(
            "exec 2>/dev/null; for f in ~/.local/state/hexe-policy/caches/*/0/*/upper/package; do"
                + " (echo poison >$f) && echo wrote; rm -f $f && echo removed; done;"
                + " mv ~/.local/state ~/other && echo moved; echo end")
        .prints("end");
    OwnHome.project(user, home, "src/shop").sh("cat ~/.npm/package").prints("x");
  }

  /** A cache in another one, where an earlier run has left something else. */
  @ParameterizedTest
  @EnumSource
  void whatACommandLeavesInACacheKeepsNoLaterOneFromStarting(User user) {
    Path home = home(user, "in-the-way");
    OwnHome.project(user, home, "src/shop")
        .sh("ln -s /usr/bin ~/.cache/pip; : >~/.cache/uv")
        .endsWith(0);
    Sandbox.none()
        .as(user)
        .sh("mkdir -p \"$1/.cache/pip/host\" \"$1/.cache/uv/host\"", home.toString())
        .endsWith(0);
    OwnHome.project(user, home, "src/shop")
        .sh("ls ~/.cache/pip ~/.cache/uv | grep -c host; ls /usr/bin/sh")
        .prints("2\n/usr/bin/sh");
  }

  @ParameterizedTest
  @EnumSource
  void whereNothingCanBeKeptItIsInMemory(User user) {
    Path home = home(user, "memory");
    Sandbox.none()
        .as(user)
        .sh("mkdir -p \"$1/.local\" && : >\"$1/.local/state\"", home.toString())
        .endsWith(0);
    OwnHome.project(user, home, "src/shop")
        .sh("mkdir -p ~/.m2/repository && echo x >~/.m2/repository/y && cat ~/.m2/repository/y")
        .prints("x")
        .complains("warning: caches cannot be kept in");
  }

  private static Sandbox agent(User user, Path home) {
    Requires.namespaces(user);
    return OwnHome.in(Sandbox.profile("agent"), user, home, "src/shop");
  }

  private static Path bareHome(User user, String name) {
    return OwnHome.made(
        user,
        "caches-" + name,
        "umask 022; chmod -R u+rwx \"$1\" 2>/dev/null; rm -rf \"$1\"; mkdir -p \"$1/src/shop\" \"$1/.m2\" \"$1/.ssh\""
            + " && chmod 700 \"$1\" && echo settings >\"$1/.m2/settings.xml\" && echo key >\"$1/.ssh/id\" && ln -s src \"$1/link\"");
  }

  @ParameterizedTest
  @EnumSource
  void anAgentHasThoseThatItsHomeLacks(User user) {
    Path home = bareHome(user, "lacking");
    agent(user, home)
        .sh(
            "echo jar >~/.m2/repository/jar; echo package >~/.npm/package; cat ~/.m2/settings.xml; ls -d ~/link/shop; stat -c %a ~")
        .prints("settings\n" + home + "/link/shop\n700");
    agent(user, home).sh("cat ~/.m2/repository/jar ~/.npm/package").prints("jar\npackage");
    assertFalse(Files.exists(home.resolve(".npm")));
    assertFalse(Files.exists(home.resolve(".m2/repository")));
  }

  @ParameterizedTest
  @EnumSource
  void nothingElseOfThatHomeCanBeWrittenOrFound(User user) {
    agent(user, bareHome(user, "lacking-sealed"))
        .sh(
            "exec 2>/dev/null; (: >~/new) && echo made; (: >~/.m2/settings.xml) && echo wrote; mkdir ~/.m2/new && echo made;"
                + " mv ~/.m2 ~/other && echo moved; rm ~/link && echo removed; chmod 777 ~ && echo opened;"
                + " cat ~/.ssh/id && echo read; (: >~/src/new) && echo made; echo end")
        .prints("end");
  }

  @ParameterizedTest
  @EnumSource
  void aSecretThatComesToThatHomeLaterIsNotSeen(User user) throws Exception {
    Path home = bareHome(user, "lacking-later");
    try (Running running =
        agent(user, home)
            .start("sh", "-c", "echo up; read any; cat ~/.netrc 2>/dev/null; echo end")) {
      assertEquals("up", running.line());
      Files.writeString(home.resolve(".netrc"), "secret");
      running.endInput();
      assertEquals("end", running.line());
    }
  }

  private static final String GRADLE =
      "cd ~/.gradle; for d in daemon native notifications workers .tmp caches wrapper; do";

  /** Gradle starts with none of them missing, and keeps locks and libraries beside its caches. */
  @ParameterizedTest
  @EnumSource
  void gradleHasAllItsDirectories(User user) {
    Path home = bareHome(user, "gradle");
    for (String profile : new String[] {"project", "agent"}) {
      Requires.namespaces(user);
      Sandbox sandbox = OwnHome.in(Sandbox.profile(profile), user, home, "src/shop");
      sandbox
          .sh("umask 077; " + GRADLE + " echo " + profile + " >$d/x || exit 1; done")
          .endsWith(0);
      sandbox.sh(GRADLE + " cat $d/x; done | sort | uniq -c | tr -d ' '").prints("7" + profile);
      assertFalse(Files.exists(home.resolve(".gradle")));
    }
  }

  /** yarn, sbt and Leiningen end where they cannot make what they keep in the home. */
  @ParameterizedTest
  @EnumSource
  void whatProgramsCannotDoWithoutIsThereForAnAgent(User user) {
    Path home = bareHome(user, "berry");
    String each = "for d in ~/.yarn/berry ~/.sbt/boot ~/.ivy2/cache ~/.lein/indices; do ";
    agent(user, home).sh(each + "echo kept >$d/x || exit 1; done").endsWith(0);
    agent(user, home).sh(each + "cat $d/x; done | uniq -c | tr -d ' '").prints("4kept");
    for (String name : new String[] {".yarn", ".sbt", ".ivy2", ".lein"}) {
      assertFalse(Files.exists(home.resolve(name)));
    }
  }

  /** Java, and what asks for the account, look for caches there, and not in {@code $HOME}. */
  @ParameterizedTest
  @EnumSource
  void theAccountOfAnAgentHasThatHome(User user) {
    Path home = bareHome(user, "account");
    String entry =
        "while IFS=: read -r a b uid d e home rest; do [ $uid = $(id -u) ] && echo $home && break; done";
    agent(user, home).sh(entry + " </etc/passwd").prints(home.toString());
    agent(user, home)
        .sh("touch \"$(getent passwd $(id -u) | cut -d: -f6)/.m2/repository/x\"")
        .endsWith(0);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsShownEntryByEntryHasTheOwnersOfTheHost(User user) {
    Path home = bareHome(user, "owners");
    String look = "umask 022; cd \"$1\"; stat -c '%n %u %g %a' . .m2 .m2/settings.xml link src";
    Sandbox.none().as(user).sh("chmod 750 \"$1/.m2\"", home.toString()).endsWith(0);
    String outside = Sandbox.none().as(user).sh(look, home.toString()).endsWith(0).text();
    agent(user, home).sh(look, home.toString()).prints(outside.strip());
  }

  /** As in containers, whose users have no other. */
  @ParameterizedTest
  @EnumSource
  void aHomeInAPrivateTmpHasThem(User user) throws Exception {
    Path home = Path.of("/var/tmp/hexe-agent-home-" + user.name().toLowerCase(Locale.ROOT));
    String make =
        "rm -rf \"$1\"; mkdir -p \"$1/src/shop\" \"$1/.m2\"; echo s >\"$1/.m2/settings.xml\"";
    Sandbox.none().as(user).sh(make, home.toString()).endsWith(0);
    try {
      agent(user, home)
          .sh(
              "echo x >~/.npm/x; cat ~/.m2/settings.xml; exec 2>/dev/null; (: >~/new) && echo made; mkdir ~/.m2/new && echo made; rm -rf ~/.m2; mv ~/.npm ~/other && echo moved; echo end")
          .prints("s\nend");
      agent(user, home).sh("cat ~/.npm/x; ls ~/.m2").prints("x\nrepository\nsettings.xml\nwrapper");
      assertFalse(Files.exists(home.resolve(".npm")));
    } finally {
      Sandbox.none()
          .as(user)
          .sh("chmod -R u+rwx \"$1\"; rm -rf \"$1\"", home.toString())
          .endsWith(0);
    }
  }
}
