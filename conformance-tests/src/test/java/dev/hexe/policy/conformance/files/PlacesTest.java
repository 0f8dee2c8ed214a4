package dev.hexe.policy.conformance.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.Setting;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Places that every program counts on: where it starts, and where it keeps what is not to stay. */
class PlacesTest {
  @TempDir static Path outside;

  private static Path openTo(Path directory) throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    return directory;
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#withNewRoot")
  void nothingStartsInAnotherDirectory(Setting setting) throws Exception {
    Path home = setting.user().home();
    Path kept = Files.createTempFile(home, "kept", "");
    for (int run = 0; run < 2; run++) { // the second by the plan of the first
      setting
          .sandbox()
          .in(openTo(outside))
          .sh("rm -rf ./*")
          .endsWith(125)
          .complains("working directory `" + outside + "` is not in the sandbox")
          .complains("--write .");
    }
    assertTrue(Files.exists(kept));
    Files.delete(kept);
  }

  /** Nobody is advised to list a directory that would be of no use to them inside either. */
  @ParameterizedTest
  @ValueSource(strings = {"", "--write=.", "--read=."})
  void aClosedDirectoryIsToldAsSuch(String option) throws Exception {
    Requires.root();
    Requires.namespaces(User.ORDINARY);
    Path closed = Files.createDirectories(openTo(outside).resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    Sandbox sandbox = Sandbox.profile("sandbox").as(User.ORDINARY);
    (option.isEmpty() ? sandbox : sandbox.with(option))
        .in(closed)
        .sh("true")
        .endsWith(125)
        .complains("cannot enter the working directory `" + closed + "`")
        .complains("help: this user may not search it, or a directory above it; go to another one");
  }

  /** As where `su` or `setpriv` is called in somebody else's directory. */
  @Test
  void aDirectoryBelowAClosedOneIsToldAsSuch() throws Exception {
    Requires.root();
    Requires.namespaces(User.ORDINARY);
    Path closed = Files.createDirectories(openTo(outside).resolve("closed"));
    Path below = Files.createDirectories(closed.resolve("below"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    Files.setPosixFilePermissions(below, PosixFilePermissions.fromString("rwxrwxrwx"));
    Sandbox.profile("sandbox")
        .as(User.ORDINARY)
        .in(below)
        .sh("true")
        .endsWith(125)
        .complains("cannot enter the working directory `" + below + "`: permission denied")
        .complains("or a directory above it; go to another one");
    Sandbox.profile("project")
        .as(User.ORDINARY)
        .in(below)
        .sh("true")
        .endsWith(125)
        .complains("`" + below + "` is not a project: it cannot be reached by its name");
  }

  /** As that of `nobody` and other users of the system's own. */
  @ParameterizedTest
  @EnumSource
  void aHomeThatIsNotThereIsToldAsSuch(User user) throws Exception {
    Requires.namespaces(user);
    for (String profile : List.of("balanced", "sandbox", "full", "isolated")) {
      Sandbox.profile(profile)
          .as(user)
          .where("HOME", "/nonexistent")
          .sh("true")
          .endsWith(125)
          .complains("the home `/nonexistent` does not exist, or cannot be reached by this user")
          .complains("set HOME to a directory of yours, as with `export HOME=$(mktemp -d)`");
    }
    Path other = user.home().resolve("other-home");
    Shipped.NONE.as(user).run("mkdir", "-p", other.toString()).endsWith(0);
    Sandbox.profile("sandbox")
        .as(user)
        .where("HOME", other.toString())
        .in(other)
        .sh("touch ~/made && echo made")
        .prints("made");
  }

  private static Path project(User user) {
    Path project = user.outside().resolve("homeless");
    Sandbox.none().as(user).sh("mkdir -p \"$1\"", project.toString()).endsWith(0);
    return project;
  }

  /** Caches that would be kept there are in memory then, also for root, who may make it. */
  @ParameterizedTest
  @EnumSource
  void aHomeThatIsNotThereIsNotMade(User user) {
    Requires.namespaces(user);
    Sandbox.profile("project")
        .as(user)
        .where("HOME", "/nonexistent")
        .in(project(user))
        .sh("cd && touch made && ls")
        .endsWith(0)
        .complains("caches cannot be kept in `/nonexistent/", "those of this run are in memory");
    Sandbox.none().as(user).sh("ls -d /nonexistent").endsWith(2);
  }

  /** As where a container keeps the variable of root, or says that the home is /tmp. */
  @Test
  void aHomeThatIsNoneIsToldAsSuch() throws Exception {
    Requires.root();
    Requires.namespaces(User.ORDINARY);
    Path closed = Files.createDirectories(openTo(outside).resolve("closed-home"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    String help = "set it to a directory of yours, as with `export HOME=$(mktemp -d)`";
    for (String profile : List.of("sandbox", "project", "isolated")) {
      Sandbox.profile(profile)
          .as(User.ORDINARY)
          .where("HOME", closed.toString())
          .sh("true")
          .endsWith(125)
          .complains("HOME is `" + closed + "`, which this user may not search", help);
    }
    for (String home : List.of("/tmp", "/dev/shm", "/proc")) {
      Sandbox.profile("project")
          .as(User.ORDINARY)
          .where("HOME", home)
          .in(project(User.ORDINARY))
          .sh("true")
          .endsWith(125)
          .complains("HOME is `" + home + "`, where no home can be made", help);
    }
    for (String profile : List.of("sandbox", "project")) {
      Sandbox.profile(profile)
          .as(User.ORDINARY)
          .where("HOME", "/dev/null")
          .sh("true")
          .endsWith(125)
          .complains("HOME is `/dev/null`, which is no directory", help);
    }
    for (String home : List.of("/tmp", "/dev")) {
      Sandbox.profile("sandbox")
          .as(User.ORDINARY)
          .where("HOME", home)
          .sh("true")
          .endsWith(125)
          .complains("HOME is `" + home + "`, which the profile does not have as a home", help);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#withNewRoot")
  void bothWaysOutWork(Setting setting) throws Exception {
    Path home = setting.user().home();
    setting
        .sandbox()
        .with("--write", ".")
        .in(openTo(outside))
        .sh("pwd && touch made")
        .prints(outside.toString());
    assertTrue(Files.deleteIfExists(outside.resolve("made")));
    setting
        .sandbox()
        .with("--chdir", home.toString())
        .in(outside)
        .sh("pwd")
        .prints(home.toString());
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#withNewRoot")
  void sharedMemoryHoldsMoreThanAFewMegabytes(Setting setting) {
    setting
        .sandbox()
        .sh("head -c 100M /dev/zero >/dev/shm/a && stat -c %s /dev/shm/a")
        .prints("104857600");
    setting
        .sandbox()
        .with("--shm=1M", "--tmp=2M")
        .sh(
            "df --output=size /dev/shm /tmp | tail -2 | tr -d ' \\n'; head -c 2M /dev/zero >/dev/shm/a")
        .endsWith(1)
        .complains("No space left");
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#withNewRoot")
  void placesForWhatDoesNotStayAreThere(Setting setting) {
    setting
        .sandbox()
        .where("XDG_RUNTIME_DIR", "/run/user/no-such")
        .where("TMPDIR", "/srv/no-such")
        .where("TMUX", "/tmp/tmux-no-such/default,1,0")
        .sh(
            "cd /var/tmp && touch x && ls /var/tmp && touch \"$XDG_RUNTIME_DIR/x\" && stat -c %a \"$XDG_RUNTIME_DIR\""
                + " && echo \"$TMPDIR ${TMUX-unset}\" && rm \"$(mktemp)\"")
        .prints("x\n700\n/tmp unset");
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#withNewRoot")
  void streamsCanBeOpenedAgain(Setting setting) throws Exception {
    Path log = openTo(Files.createDirectories(outside.resolve("log"))).resolve("log");
    Files.deleteIfExists(log);
    setting
        .sandbox()
        .behind("sh", "-c", "exec \"$@\" 2>" + log, "sh")
        .sh("echo x | tee /dev/stderr")
        .prints("x");
    assertEquals("x\n", Files.readString(log));
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#withNewRoot")
  void explainForetellsWhetherItStartsHere(Setting setting) throws Exception {
    Path home = setting.user().home();
    for (Path place : List.of(openTo(outside), home, Path.of("/"), Path.of("/usr"))) {
      boolean starts = setting.sandbox().in(place).run("true").status() == 0;
      String told =
          Sandbox.program("explain", setting.profile().toString())
              .as(setting.user())
              .in(place)
              .alone()
              .text();
      assertEquals(starts, !told.contains("started here, it would be refused"), place + told);
      assertTrue(starts || told.contains("--write ."), told);
    }
  }

  /** Root has no right there, and what is listed below /tmp is no stranger in it. */
  @ParameterizedTest
  @EnumSource
  void verifyRaisesNoAlarmInADirectoryOfAnotherUser(User user) throws Exception {
    Requires.user(User.ROOT); // who else could give a directory away
    Path place = Files.createTempDirectory(Path.of("/tmp"), "of-another");
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setAttribute(place, "unix:uid", 4321);
    Result result = Sandbox.program("verify", "full", "--write", ".").as(user).in(place).alone();
    Files.delete(place);
    assertEquals(0, result.status(), result.text());
    assertTrue(result.text().contains("entries /tmp"), result.text());
  }
}
