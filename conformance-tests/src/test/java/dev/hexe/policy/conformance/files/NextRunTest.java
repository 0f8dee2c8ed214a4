package dev.hexe.policy.conformance.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.Product;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing inside decides the next run: profiles, plans, the program and its Java. */
@Order(1)
class NextRunTest {
  private static final String SECRET = "a value that only this plan has";

  /** A home with profiles, a project with one, and plans below the home. */
  private static Path home(User user, String name) {
    Path home = user.ownHome("next-run-" + name);
    Sandbox.none()
        .as(user)
        .sh(
            "umask 022; rm -rf \"$1\"; mkdir -p \"$1/.config/hexe-policy/profiles\" \"$1/conf/hexe-policy/profiles\""
                + " \"$1/proj/ci\" && mkdir -m 700 \"$1/.run\" && cd \"$1\""
                + " && echo 'extends: none' >.config/hexe-policy/profiles/mine.yaml"
                + " && echo 'extends: none' >conf/hexe-policy/profiles/other.yaml",
            home.toString())
        .endsWith(0);
    return home;
  }

  private static Sandbox inProject(User user, Path home, String... arguments) {
    return Sandbox.program(arguments)
        .as(user)
        .where("HOME", home.toString())
        .where("XDG_RUNTIME_DIR", home + "/.run")
        .in(home.resolve("proj"));
  }

  /** Each design: mounts alone, both, and Landlock alone. */
  static Stream<Arguments> designs() {
    return forUsers("extends: minimal", "extends: sandbox", "extends: isolated");
  }

  private static Stream<Arguments> forUsers(String... profiles) {
    return Stream.of(profiles)
        .flatMap(text -> Arrays.stream(User.values()).map(user -> Arguments.of(text, user)));
  }

  private static void require(String profile, User user) {
    if (profile.contains("isolated")) {
      Requires.landlock(3);
    } else {
      Requires.namespaces(user);
    }
  }

  @Attack(Way.PROFILE)
  @ParameterizedTest(name = "{0} as {1}")
  @MethodSource("designs")
  void theProfileAndWhatItExtendsStayWhatTheyAre(String profile, User user) throws Exception {
    require(profile, user);
    Path home = home(user, "profile");
    Path project = home.resolve("proj");
    Sandbox.none()
        .as(user)
        .in(project)
        .sh(
            "printf '%s\\n' \"$1\" >base.yaml && echo 'extends: ../base.yaml' >ci/real.yaml && echo 'syscalls: {filters: [filter.bpf]}' >>ci/real.yaml"
                + " && printf '\\006\\000\\000\\000\\000\\000\\377\\177' >ci/filter.bpf && ln -s real.yaml ci/t.yaml",
            profile)
        .endsWith(0);
    String attack =
        "exec 2>/dev/null; for f in ci/t.yaml ci/real.yaml ci/filter.bpf base.yaml ~/.config/hexe-policy/profiles/mine.yaml; do"
            + " (echo 'extends: none' >$f) && echo wrote $f; (: >>$f) && echo opened $f; rm -f $f && echo removed $f;"
            + " mv $f moved && echo moved $f; ln -sf /dev/null $f && echo linked $f; done;"
            + " mv ci other && echo moved; mv ../proj ../other && echo moved; mv ~/.config ~/other && echo moved;"
            + " (echo x >~/.config/hexe-policy/profiles/new.yaml) && echo made; cat base.yaml";
    for (int run = 0; run < 2; run++) {
      inProject(user, home, "apply", "ci/t.yaml").sh(attack).prints(profile);
    }
    assertEquals(
        "extends: ../base.yaml\nsyscalls: {filters: [filter.bpf]}\n",
        Files.readString(project.resolve("ci/real.yaml")));
    assertEquals(8, Files.size(project.resolve("ci/filter.bpf")));
    assertEquals(profile + "\n", Files.readString(project.resolve("base.yaml")));
    assertFalse(Files.exists(home.resolve(".config/hexe-policy/profiles/new.yaml")));
  }

  /** Mounts where the home is not there, Landlock alone, and the working directory alone. */
  static Stream<Arguments> designsOfLists() {
    return forUsers(
        "extends: project",
        "extends: isolated",
        "extends: full\\nfiles: {write: {only: [\"${CWD}\"]}}");
  }

  @Attack(Way.PROFILE)
  @ParameterizedTest(name = "{0} as {1}")
  @MethodSource("designsOfLists")
  void noListHandsOverAPartOfWhatDecides(String profile, User user) throws Exception {
    require(profile, user);
    Path home = home(user, "part");
    Path profiles = home.resolve(".config/hexe-policy/profiles");
    Sandbox.none()
        .as(user)
        .in(home)
        .sh("printf \"$1\\n\" >t.yaml && ln -s .config/hexe-policy/profiles link", profile)
        .endsWith(0);
    String attack =
        "exec 2>/dev/null; for d in \"$1\" \"$1/..\" hexe-policy . ..; do (: >$d/evil.yaml); (echo x >>$d/mine.yaml); done; echo end";
    for (String list : List.of("--write=" + profiles, "--write=" + home + "/link")) {
      inProject(user, home, "apply", home + "/t.yaml", list)
          .sh(attack, profiles.toString())
          .prints("end");
    }
    for (Path start : List.of(profiles, home.resolve(".config"))) {
      Sandbox sandbox = inProject(user, home, "apply", home + "/t.yaml", "--umask=022").in(start);
      int status = sandbox.sh(attack, profiles.toString()).status();
      assertTrue(status == 0 || status == 125, "it runs, or is refused");
    }
    assertFalse(Files.exists(profiles.resolve("evil.yaml")));
    assertFalse(Files.exists(profiles.resolveSibling("evil.yaml")));
    assertEquals("extends: none\n", Files.readString(profiles.resolve("mine.yaml")));
  }

  @Attack(Way.KEPT_PLANS)
  @ParameterizedTest(name = "{0} as {1}")
  @MethodSource("designs")
  void keptPlansAreNeitherReadNorWritten(String profile, User user) throws Exception {
    require(profile, user);
    Path home = home(user, "plans");
    String name = profile.substring(profile.indexOf(' ') + 1);
    String attack =
        "exec 2>/dev/null; cd ~/.run/hexe-policy; for f in *.plan ~/.run/hexe-policy/*; do grep -qs \"$1\" $f && echo read;"
            + " (: >$f) && echo emptied; done; (echo x >~/.run/hexe-policy/x.plan) && echo made;"
            + " mv ~/.run ~/other && echo moved; rm -rf ~/.run/hexe-policy && echo removed; echo end";
    for (String list : new String[] {"--write=" + home + "/.run", "--umask=022"}) {
      for (int run = 0; run < 2; run++) {
        inProject(user, home, "apply", name, list, "--setenv=PLAN=" + SECRET)
            .sh(attack, SECRET)
            .prints("end");
      }
    }
  }

  @Attack(Way.PROGRAM)
  @ParameterizedTest(name = "{0} as {1}")
  @MethodSource("designs")
  void theProgramAndItsJavaBelowTheHomeStayWhatTheyAre(String profile, User user) throws Exception {
    require(profile, user);
    Path home = home(user, "program");
    String name = profile.substring(profile.indexOf(' ') + 1);
    Sandbox.none()
        .as(user)
        .in(home)
        .sh(
            "mkdir tool jdk bin && cp -r \"$1/bin\" \"$1/lib\" tool && ln -s \"$2/bin\" jdk/bin && ln -s \"$2/lib\" jdk/lib"
                + " && ln -s \"$2/release\" jdk/release && ln -s ../tool/bin/hexe-policy bin/hexe-policy",
            Product.distribution().toString(),
            System.getProperty("java.home"))
        .endsWith(0);
    String attack =
        "exec 2>/dev/null; cd; for f in tool/bin/hexe-policy tool/lib/hexe-policy.jar jdk/bin bin/hexe-policy; do"
            + " (echo x >>$f) && echo wrote $f; rm -rf $f && echo removed $f; mv $f moved && echo moved $f; done;"
            + " mv tool other && echo moved; mv jdk other && echo moved; (echo x >tool/lib/new.jar) && echo made; echo end";
    Sandbox.none()
        .as(user)
        .where("HOME", home.toString())
        .where("JAVA_HOME", home + "/jdk")
        .in(home.resolve("proj"))
        .sh("PATH=~/bin:$PATH; export PATH; hexe-policy apply " + name + " -- sh -c \"$1\"", attack)
        .prints("end");
  }

  /**
   * JAVA_HOME may name a directory that is gone, and a directory of the home come first in PATH.
   */
  @Attack(Way.FOUND_FIRST)
  @ParameterizedTest
  @EnumSource
  void aJavaThatIsMadeInsideIsReportedAndCompilesNoPlan(User user) {
    Requires.namespaces(user);
    Requires.path("/usr/lib/jvm");
    Path home = home(user, "java");
    inProject(user, home, "apply", "sandbox")
        .where("JAVA_HOME", home + "/gone")
        .where("PATH", home + "/first:/usr/bin:/bin")
        .sh(
            "mkdir -p ~/gone/bin ~/first && for f in ~/gone/bin/java ~/first/hexe-policy; do"
                + " printf '#!/bin/sh\\n: >%s/ran\\n' ~ >$f; chmod 755 $f; done; echo end")
        .prints("end")
        .complains("gone/bin` was made meanwhile", "first/hexe-policy` was made meanwhile");
    inProject(user, home, "profiles").where("JAVA_HOME", home + "/gone").alone().endsWith(0);
    assertFalse(Files.exists(home.resolve("ran")));
  }

  @Attack(Way.PROFILE)
  @ParameterizedTest
  @EnumSource
  void aConfigurationElsewhereIsKeptAsWell(User user) {
    Requires.namespaces(user);
    Path home = home(user, "elsewhere");
    inProject(user, home, "apply", "sandbox")
        .where("XDG_CONFIG_HOME", home + "/conf")
        .sh(
            "exec 2>/dev/null; for d in ~/.config ~/conf; do (echo x >>$d/hexe-policy/profiles/mine.yaml) && echo wrote;"
                + " mv $d ~/moved && echo moved; done; echo end")
        .prints("end");
  }

  /** Who compiles to a file runs what is in the file. */
  @Attack(Way.PROFILE)
  @ParameterizedTest(name = "{0} as {1}")
  @MethodSource("withMounts")
  void aPlanInAFileIsNotRewritten(String profile, User user) {
    Requires.namespaces(user);
    Path home = home(user, "file-" + profile);
    inProject(user, home, "compile", profile, "-o", "p.plan").alone().endsWith(0);
    inProject(user, home, "run", "p.plan")
        .sh(
            "exec 2>/dev/null; (echo x >>p.plan) && echo wrote; mv p.plan q && echo moved; rm -f p.plan && echo removed;"
                + " mv ../proj ../other && echo moved; echo x >free && echo end")
        .prints("end");
  }

  /** In a home where this program was never used there is nothing to mount over, so it is made. */
  @Attack(Way.PROFILE)
  @ParameterizedTest(name = "{0} as {1}")
  @MethodSource("everywhere")
  void aDefaultIsNotMadeInside(String profile, User user) throws Exception {
    require(profile, user);
    Path home = home(user, "first-" + profile);
    String attack =
        "exec 2>/dev/null; for d in ~/.config ~/conf ~/.local/state; do mkdir -p $d/hexe-policy/profiles && echo made;"
            + " (echo 'default: none' >$d/hexe-policy/config.yaml) && echo wrote; mv $d ~/moved && echo moved; done; echo end";
    for (int run = 0; run < 2; run++) {
      Sandbox.none().as(user).sh("rm -rf \"$1/.config\" \"$1/conf\" \"$1/.local\"", home + "");
      inProject(user, home, "apply", profile)
          .where("XDG_CONFIG_HOME", home + "/conf")
          .sh(attack)
          .prints("end");
    }
    assertFalse(Files.exists(home.resolve(".config/hexe-policy/config.yaml")));
    inProject(user, home, "apply").sh("grep -c 'NoNewPrivs:.1' /proc/self/status").prints("1");
  }

  static Stream<Arguments> everywhere() {
    return Stream.concat(
        withMounts(), Arrays.stream(User.values()).map(user -> Arguments.of("isolated", user)));
  }

  static Stream<Arguments> withMounts() {
    return Stream.of("minimal", "balanced", "sandbox", "full")
        .flatMap(profile -> Arrays.stream(User.values()).map(user -> Arguments.of(profile, user)));
  }

  /** No list of the profile lifts it. */
  @Attack(Way.PROFILE)
  @ParameterizedTest
  @EnumSource
  void whoListsItForWritingGetsTheRest(User user) {
    Requires.namespaces(user);
    Path home = home(user, "listed");
    inProject(user, home, "apply", "sandbox")
        .with("--write=" + home + "/.config/hexe-policy/profiles/mine.yaml")
        .with("--write=" + home + "/.config", "--hide=" + home + "/conf")
        .sh(
            "(echo x >>~/.config/hexe-policy/profiles/mine.yaml) 2>/dev/null && echo wrote;"
                + " echo x >~/.config/own && echo end")
        .prints("end");
  }

  @Attack(value = Way.PROFILE, design = "no design")
  @ParameterizedTest
  @EnumSource
  void aProfileOfOthersIsRefused(User user) throws Exception {
    Path home = home(user, "others");
    Path file = home.resolve("proj/t.yaml");
    Sandbox.none()
        .as(user)
        .in(home.resolve("proj"))
        .sh("echo 'extends: none' >t.yaml; chmod 664 t.yaml")
        .endsWith(0);
    for (String command : new String[] {"explain", "verify"}) {
      inProject(user, home, command, "./t.yaml").alone().refuses("can be written by others");
    }
    inProject(user, home, "apply", "./t.yaml").sh("true").refuses("chmod go-w");
    if (user == User.ROOT) {
      Requires.user(User.ORDINARY);
      Sandbox.none().as(user).sh("chmod 644 \"$1\"", file.toString()).endsWith(0);
      Files.setAttribute(file, "unix:uid", (int) User.ORDINARY.uid());
      inProject(user, home, "apply", "./t.yaml").sh("true").refuses("belongs to another user");
    }
  }
}
