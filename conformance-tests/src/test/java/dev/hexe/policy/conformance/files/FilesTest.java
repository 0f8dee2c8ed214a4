package dev.hexe.policy.conformance.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.harness.Mount;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.Setting;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The files that a profile with a root of its own shows, and the access to them. */
class FilesTest {
  private static final List<String> SYSTEM =
      List.of("/bin", "/sbin", "/usr", "/lib", "/lib32", "/libx32", "/lib64", "/etc");
  private static final List<String> DATA =
      List.of(
          "/var/lib/dpkg",
          "/var/lib/texmf",
          "/var/lib/ca-certificates",
          "/var/lib/sgml-base",
          "/var/cache/man");
  private static final List<String> MORE =
      List.of("/pkg", "/opt", "/snap", "/var/lib/flatpak", "/home/linuxbrew");

  private static final String NEW = "/hexe-conformance-new";

  private static List<String> readable(Setting setting) {
    List<String> paths = new ArrayList<>(SYSTEM);
    paths.addAll(DATA);
    if (setting.profile() != Shipped.FULL) {
      paths.addAll(MORE);
    }
    return paths.stream().filter(path -> Files.exists(Path.of(path))).toList();
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#withNewRoot")
  void theSystemIsReadAndNotWritten(Setting setting) {
    List<String> acts = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (String path : readable(setting)) {
      acts.addAll(List.of("list " + path, "create " + path + NEW, "mkdir " + path + NEW));
      expected.addAll(List.of("ok", "EROFS", "EROFS"));
    }
    assertEquals(expected, setting.sandbox().tries(acts.toArray(String[]::new)), acts::toString);
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#withNewRoot")
  void theSystemIsMountedReadOnlyWithoutDevicesAndSetuid(Setting setting) throws Exception {
    for (String path : readable(setting)) {
      String real = Path.of(path).toRealPath().toString();
      if (real.startsWith("/usr/")) {
        continue;
      }
      Mount mount = setting.inside().mount(real).orElseThrow(() -> new AssertionError(real));
      assertTrue(mount.flags().containsAll(Set.of("ro", "nosuid", "nodev")), mount::toString);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#withNewRoot")
  void nothingElseIsThere(Setting setting) {
    Set<String> expected = new TreeSet<>(List.of("bin", "lib", "lib64", "usr", "etc"));
    expected.addAll(List.of("dev", "proc", "tmp", topOf(setting.user().home())));
    readable(setting).forEach(path -> expected.add(topOf(Path.of(path))));
    expected.removeIf(name -> !Files.exists(Path.of("/", name)));
    Set<String> seen = new TreeSet<>(setting.inside().all("entry./"));
    if (!expected.contains("run") && seen.remove("run")) {
      setting.sandbox().sh("ls -A /run").prints("user"); // the caller's, empty
    }
    assertEquals(expected, seen);
  }

  private static String topOf(Path path) {
    return path.getName(0).toString();
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#withNewRoot")
  void noOtherHomeAndNoStateOfTheSystemIsThere(Setting setting) {
    User other = setting.user() == User.ROOT ? User.ORDINARY : User.ROOT;
    List<String> absent =
        new ArrayList<>(List.of("/root", "/sys", "/var/log", "/var/spool", "/srv", "/mnt"));
    absent.addAll(List.of("/var/cache/apt", "/boot", "/run/dbus", "/home/" + "hexe-test"));
    absent.add(setting.user().outside().toString());
    absent.add(other.home().toString());
    String[] acts = absent.stream().map(path -> "look " + path).toArray(String[]::new);
    assertEquals(
        Collections.nCopies(absent.size(), "ENOENT"),
        setting.sandbox().tries(acts),
        absent::toString);
  }

  @ParameterizedTest
  @EnumSource
  void fullShowsNoAddedSoftware(User user) {
    String[] acts = MORE.stream().map(path -> "look " + path).toArray(String[]::new);
    assertEquals(Collections.nCopies(acts.length, "ENOENT"), Shipped.FULL.as(user).tries(acts));
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#extremes")
  void theRootAndWhatHoldsMountPointsAreSealed(Setting setting) {
    String[] places =
        Stream.of("/x", "/dev/x", setting.user().home().getParent() + "/x")
            .map(path -> "create " + path)
            .toArray(String[]::new);
    assertEquals(List.of("EROFS", "EROFS", "EROFS"), setting.sandbox().tries(places));
  }

  /** Right in the home nothing new is made with Landlock alone; see the threat model. */
  private static Path placeInHome(Setting setting) {
    Path place = setting.user().home().resolve("place");
    Sandbox.none().as(setting.user()).sh("mkdir -p \"$1\"", place.toString()).endsWith(0);
    return place;
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#all")
  void theHomeIsWrittenAndExecuted(Setting setting) throws Exception {
    Path file = placeInHome(setting).resolve("file-of-" + setting.profile());
    setting
        .sandbox()
        .sh(
            "/usr/bin/true && printf '#!/bin/sh\\necho run' > \"$1\" && chmod +x \"$1\" && \"$1\"",
            file.toString())
        .prints("run");
    assertTrue(Files.exists(file), "the file is on the host");
    assertEquals((int) setting.user().uid(), Files.getAttribute(file, "unix:uid"));
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#all")
  void filesInTheHomeMoveBetweenDirectories(Setting setting) {
    String top = placeInHome(setting) + "/moving-" + setting.profile();
    List<String> results =
        setting
            .sandbox()
            .tries(
                "mkdir " + top,
                "mkdir " + top + "/a",
                "mkdir " + top + "/b",
                "create " + top + "/a/f",
                "rename " + top + "/a/f " + top + "/b/f",
                "link " + top + "/b/f " + top + "/a/g",
                "rename " + top + "/a " + top + "/b/a",
                "truncate " + top + "/b/f",
                "remove " + top + "/b/f");
    assertEquals(Collections.nCopies(9, "ok"), results);
  }

  @ParameterizedTest
  @MethodSource("openProfiles")
  void everyFileIsAsOnTheHost(Setting setting) {
    Path file = setting.user().fileOutside("open-to-" + setting.profile());
    assertEquals(
        List.of("ok", "ok", "ok", "ok"),
        setting.sandbox().tries("list /sys", "execute " + file, "read " + file, "write " + file));
  }

  static Stream<Setting> openProfiles() {
    return Setting.of(Shipped.NONE, Shipped.MINIMAL);
  }
}
