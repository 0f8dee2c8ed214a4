package dev.hexe.policy.conformance.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files out of a command's reach where nothing can be mounted, and Landlock alone is there. */
class ComplementTest {
  private static final int TRUNCATION = 3;

  /** A home with keys and configuration, and a project in it. */
  private static Path home(User user, String name) {
    Requires.landlock(TRUNCATION);
    Path home = user.ownHome("siblings-" + name);
    Sandbox.none()
        .as(user)
        .sh(
            "rm -rf \"$1\" && mkdir -p \"$1/.ssh\" \"$1/.aws\" \"$1/work/.git/hooks\" \"$1/work/src\" && cd \"$1\""
                + " && echo key >.ssh/id && echo settings >.ssh/config && echo secret >.aws/credentials"
                + " && echo rc >.bashrc && echo notes >notes && echo git >work/.git/config"
                + " && echo code >work/code && ln .bashrc linked && ln -s .ssh/id led",
            home.toString())
        .endsWith(0);
    return home;
  }

  private static Sandbox sandbox(User user, Path home, String profile, String... options) {
    return Sandbox.profile(profile)
        .as(user)
        .where("HOME", home.toString())
        .in(home.resolve("work"))
        .with(options);
  }

  @Attack(value = Way.HIDDEN, design = "Landlock alone")
  @ParameterizedTest
  @EnumSource
  void hiddenFilesAreNotReadAndProjectsStayWritable(User user) throws Exception {
    Path home = home(user, "hidden");
    sandbox(user, home, "balanced", "--backend=landlock", "--best-effort")
        .sh(
            "exec 2>/dev/null; cd; cat .ssh/config notes; cat .ssh/id && echo read; cat led && echo led;"
                + " cat .aws/credentials && echo read; (echo x >.aws/credentials) && echo wrote;"
                + " mv .aws other && echo moved; mv .aws work/aws && echo moved; rm -rf .aws && echo removed;"
                + " ln .ssh/id work/id && echo linked; (echo x >new) && echo made;"
                + " cd work && echo x >new && mkdir d && mv new d && rm -r d && echo built; echo more >>../notes")
        .prints("settings\nnotes\nbuilt");
    assertEquals("key\n", Files.readString(home.resolve(".ssh/id")));
    assertEquals("secret\n", Files.readString(home.resolve(".aws/credentials")));
    assertEquals("notes\nmore\n", Files.readString(home.resolve("notes")));
    assertFalse(Files.exists(home.resolve("new")));
  }

  @Attack(value = Way.RUN_LATER, design = "Landlock alone")
  @ParameterizedTest
  @EnumSource
  void protectedFilesAreReadAndNotChangedWhereAPartWillDo(User user) throws Exception {
    Path home = home(user, "protected");
    sandbox(user, home, "isolated", "--protect=default")
        .sh(
            "exec 2>/dev/null; cd; cat .bashrc work/.git/config; for file in .bashrc work/.git/config; do"
                + " (echo x >>$file) && echo wrote $file; (: >$file) && echo emptied $file;"
                + " rm -f $file && echo removed $file; mv $file moved && echo moved $file;"
                + " ln $file work/src/linked && echo linked $file; done;"
                + " (echo x >>linked) && echo wrote by another name; (echo x >.profile) && echo made;"
                + " (echo x >work/.git/hooks/new) && echo hooked; mkdir work/.vscode && echo made;"
                + " mv work other && echo moved; mv work/.git work/other && echo moved;"
                + " echo more >>work/code && echo x >work/src/new && mv work/src/new work/src/newer && cat work/code")
        .prints("rc\ngit\ncode\nmore");
    assertEquals("rc\n", Files.readString(home.resolve(".bashrc")));
    assertTrue(Files.exists(home.resolve("work/src/newer")));
    assertFalse(Files.exists(home.resolve(".profile")));
  }

  /** Protecting would cost every build its new files, so it takes a word of the profile. */
  @ParameterizedTest
  @EnumSource
  void whatIsNotServedIsSaid(User user) {
    Path home = home(user, "said");
    Result result =
        sandbox(user, home, "balanced", "--backend=landlock", "--best-effort").sh("echo x >new");
    result
        .endsWith(0)
        .complains("is not enforced; Landlock can protect a file only where nothing new")
        .complains("is only partial: names and sizes stay visible");
    sandbox(user, home, "balanced", "--backend=landlock")
        .sh("true")
        .endsWith(125)
        .complains("hidden, next-run, tmp, devices and processes-invisible: `full` is required");
  }

  @Attack(value = Way.HIDDEN, design = "Landlock alone")
  @ParameterizedTest
  @EnumSource
  void whatIsHiddenByOneRunStaysHiddenInTheNext(User user) {
    Path home = home(user, "again");
    Sandbox sandbox = sandbox(user, home, "isolated", "--hide=default");
    sandbox.sh("cd; mv .ssh plain; ln -s plain/id seen; cp -r .ssh work/copy; true").endsWith(0);
    sandbox.sh("cd; cat plain/id .ssh/id seen work/copy/id 2>/dev/null; echo end").prints("end");
  }

  @ParameterizedTest
  @EnumSource
  void tryingAgreesWithExplaining(User user) {
    Path home = home(user, "verified");
    Sandbox.program("verify", "isolated", "--protect=default", "--hide=default")
        .as(user)
        .where("HOME", home.toString())
        .in(home.resolve("work"))
        .alone()
        .endsWith(0);
  }
}
