package dev.hexe.policy.conformance.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.ChangesOutside;
import dev.hexe.policy.conformance.harness.OwnHome;
import dev.hexe.policy.conformance.harness.Product;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The profile that builds nothing around the command: Landlock alone says what is opened. */
class IsolatedFilesTest {
  @Attack(value = Way.FILES, design = "Landlock alone")
  @ParameterizedTest
  @EnumSource
  void theSystemIsReadAndNotWritten(User user) {
    List<String> paths =
        List.of("/bin", "/sbin", "/usr", "/lib", "/lib64", "/etc", "/run", "/var/lib/dpkg");
    assertEquals(
        Collections.nCopies(paths.size() + 2, "ok"),
        Shipped.ISOLATED
            .as(user)
            .tries(acts("list", paths, "read /etc/passwd", "read /proc/self/status")));
    assertEquals(
        Collections.nCopies(paths.size() + 1, "EACCES"),
        Shipped.ISOLATED.as(user).tries(acts("create", below(paths), "write /etc/passwd")));
  }

  @ParameterizedTest
  @EnumSource
  @ResourceLock(ChangesOutside.LOCK)
  void theListedPlacesAreWritten(User user) {
    // Nothing is made right in a home that has this program's directories; see the threat model.
    String inHome = user.home().resolve("isolated").toString();
    Sandbox.none().as(user).sh("mkdir -p \"$1\"", inHome).endsWith(0);
    List<String> files =
        Stream.of(inHome, "/tmp", "/var/tmp")
            .map(directory -> directory + "/hexe-conformance-isolated-" + user.uid())
            .toList();
    // Landlock cannot keep changes that wait in /var/tmp but by keeping all of it.
    List<Boolean> closed =
        List.of(
            false,
            Product.isBelow("/tmp"),
            ChangesOutside.areKept(user) || Product.isBelow("/var/tmp"));
    assertEquals(
        closed.stream().map(is -> is ? "EACCES" : "ok").toList(),
        Shipped.ISOLATED.as(user).tries(acts("create", files)));
    assertEquals(
        closed.stream().map(is -> is ? "ENOENT" : "ok").toList(),
        Shipped.ISOLATED.as(user).tries(acts("remove", files)));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsClosedForTheNextRunIsSaidWhenThePlanIsMade(User user) {
    Requires.landlock(3);
    String closed = "nothing new can be made beside";
    Path home = OwnHome.made(user, "closed", "rm -rf \"$1\"; mkdir -p \"$1/work\"");
    Sandbox isolated =
        Sandbox.profile("isolated")
            .as(user)
            .where("HOME", home.toString())
            .in(home.resolve("work"));
    isolated.sh("true").complains(closed);
    isolated
        .sh("true")
        .endsWith(0); // The first one has made directories, so its plan was not kept.
    Result kept = isolated.sh("true").endsWith(0);
    assertFalse(kept.stderr().contains(closed), kept.stderr());
  }

  @ParameterizedTest
  @EnumSource
  void theListedDevicesWork(User user) {
    assertEquals(
        List.of("ok", "ok", "ok", "ok", "ok"),
        Shipped.ISOLATED
            .as(user)
            .tries(
                "scribble /dev/null",
                "scribble /dev/zero",
                "read /dev/random",
                "read /dev/urandom",
                "list /dev/pts"));
  }

  @ParameterizedTest
  @EnumSource
  void theWorkingDirectoryIsWritten(User user) throws Exception {
    Path work = user.outside().resolve("work");
    Files.createDirectories(work);
    Files.setAttribute(work, "unix:mode", 0777);
    Shipped.ISOLATED.as(user).in(work).sh("touch file && pwd").prints(work.toString());
    assertEquals(List.of("EACCES"), Shipped.ISOLATED.as(user).tries("create " + work + "/another"));
  }

  @Attack(value = Way.FILES, design = "Landlock alone")
  @ParameterizedTest
  @EnumSource
  void theRestIsListedAtMost(User user) {
    Path secret = user.fileOutside("secret");
    assertEquals(
        List.of("ok", "ok", "ok", "EACCES", "EACCES", "EACCES", "EACCES", "EACCES"),
        Shipped.ISOLATED
            .as(user)
            .tries(
                "list /",
                "list /home",
                "list /var",
                "read " + secret,
                "write " + secret,
                "truncate " + secret,
                "remove " + secret,
                "execute " + secret));
  }

  @Attack(value = Way.RENAMING, design = "Landlock alone")
  @ParameterizedTest
  @EnumSource
  void secretsAreNotMovedOrLinkedToWhereTheyCouldBeRead(User user) {
    Path secret = user.fileOutside("to-be-stolen");
    String here = user.home() + "/stolen";
    List<String> results =
        Shipped.ISOLATED
            .as(user)
            .tries("link " + secret + " " + here, "rename " + secret + " " + here);
    assertEquals(
        2,
        results.stream().filter(List.of("EACCES", "EXDEV")::contains).count(),
        results::toString);
  }

  private static List<String> below(List<String> paths) {
    return paths.stream().map(path -> path + "/hexe-conformance").toList();
  }

  private static String[] acts(String act, List<String> paths, String... more) {
    return Stream.concat(paths.stream().map(path -> act + " " + path), Arrays.stream(more))
        .toArray(String[]::new);
  }
}
