package dev.hexe.policy.backend.namespaces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.testing.FakeTree;
import dev.hexe.policy.api.testing.ProfileBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListedPathsTest {
  private static List<String> put(FakeTree tree, ProfileBuilder profile) {
    Layout layout = new Layout(true);
    new ListedPaths(tree, layout).putAll(profile.build().files());
    return layout.actions().stream().map(Action::description).toList();
  }

  private static void assertPut(FakeTree tree, ProfileBuilder profile, String... expected) {
    assertEquals(Arrays.asList(expected), put(tree, profile));
  }

  private static ProfileBuilder profile() {
    return ProfileBuilder.profile();
  }

  @Test
  void symlinkedBinComesWithTheDirectoryItLeadsTo() {
    assertPut(
        FakeTree.mergedUsr(),
        profile().read("/bin"),
        "symlink /bin -> usr/bin",
        "bind /usr/bin (ro,nosuid,nodev)");
  }

  @Test
  void symlinkedBinIsASymlinkAloneWhereItsDirectoryIsListed() {
    assertPut(
        FakeTree.mergedUsr(),
        profile().read("/bin", "/usr"),
        "symlink /bin -> usr/bin",
        "bind /usr (ro,nosuid,nodev)");
  }

  @Test
  void realBinIsATreeOfItsOwn() {
    assertPut(
        FakeTree.empty().directories("/bin", "/usr"),
        profile().read("/bin", "/usr"),
        "bind /bin (ro,nosuid,nodev)",
        "bind /usr (ro,nosuid,nodev)");
  }

  @Test
  void symlinkedHomeIsFoundUnderBothItsNames() {
    FakeTree tree = FakeTree.empty().directories("/data/home/me").link("/home", "data/home");
    assertPut(
        tree,
        profile().write("/home/me"),
        "bind /data/home/me (nosuid,nodev)",
        "symlink /home -> data/home");
  }

  @Test
  void readOnlyPathInAWritableTreeIsReadOnlyThroughASymlinkToo() {
    FakeTree tree =
        FakeTree.empty().directories("/data/me/.ssh").link("/home", "data").link("/me", "home/me");
    assertPut(
        tree,
        profile().read("/me/.ssh").write("/data/me"),
        "bind /data/me (nosuid,nodev)",
        "bind /data/me/.ssh (ro,nosuid,nodev)",
        "symlink /home -> data",
        "symlink /me -> home/me");
  }

  @Test
  void pathListedForBothIsWritable() {
    FakeTree tree = FakeTree.empty().directories("/a");
    assertPut(tree, profile().read("/a").write("/a"), "bind /a (nosuid,nodev)");
  }

  @Test
  void filesAreMountedOverFiles() {
    Layout layout = new Layout(true);
    new ListedPaths(FakeTree.mergedUsr(), layout)
        .putAll(profile().read("/etc/passwd").readIfPresent("/etc").build().files());
    assertEquals(
        List.of("bind /etc (ro,nosuid,nodev) if present"),
        layout.actions().stream().map(Action::description).toList());
    assertEquals(
        true, ((Place.Bind) Objects.requireNonNull(layout.places().get("/etc/passwd"))).isFile());
  }

  @Test
  void devicesWorkBelowDevAlone() {
    FakeTree tree = FakeTree.empty().files("/dev/kvm", "/devil/x").directories("/home/dev");
    assertPut(
        tree,
        profile().write("/dev/kvm", "/devil", "/home/dev"),
        "bind /dev/kvm (nosuid)",
        "bind /devil (nosuid,nodev)",
        "bind /home/dev (nosuid,nodev)");
  }

  @Test
  void deviceHasNoDeviceRightsUnderANameBelowDevThatLeadsElsewhere() {
    FakeTree tree = FakeTree.empty().directories("/srv/x").link("/dev/x", "/srv/x");
    assertPut(
        tree,
        profile().read("/dev/x"),
        "symlink /dev/x -> /srv/x",
        "bind /srv/x (ro,nosuid,nodev)");
  }

  @Test
  void workingDirectoryIsLeftToTheLauncher() {
    assertPut(FakeTree.empty(), profile().write(PathRule.CWD), "bind @cwd (nosuid,nodev)");
    assertPut(FakeTree.empty(), profile().read(PathRule.CWD), "bind @cwd (ro,nosuid,nodev)");
  }

  @Test
  void listedDirectoriesAreEmptyOnesOfOurOwn() {
    assertPut(
        FakeTree.empty().directories("/home/me"),
        profile().list("/", "/home", PathRule.CWD).read("/home/me"),
        "make directory /home",
        "bind /home/me (ro,nosuid,nodev)");
  }

  @Test
  void missingPathIsAnErrorThatNamesTheWayOut() {
    CannotCompileException read =
        assertThrows(
            CannotCompileException.class, () -> put(FakeTree.empty(), profile().read("/nowhere")));
    assertEquals("`/nowhere` does not exist, or cannot be reached by this user", read.getMessage());
    assertEquals("create it, or list it under `read-if-present`", read.help());
    CannotCompileException write =
        assertThrows(
            CannotCompileException.class, () -> put(FakeTree.empty(), profile().write("/nowhere")));
    assertEquals("create it, or list it under `write-if-present`", write.help());
  }

  @Test
  void missingPathThatMayBeMissingIsPassedOver() {
    assertPut(
        FakeTree.empty().link("/dangling", "nowhere"),
        profile().readIfPresent("/nowhere", "/dangling").writeIfPresent("/nowhere"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/all"})
  void wholeFileSystemCannotBeListedByAnyName(String path) {
    FakeTree tree = FakeTree.empty().link("/all", ".");
    CannotCompileException thrown =
        assertThrows(CannotCompileException.class, () -> put(tree, profile().write(path)));
    assertEquals(
        "`" + path + "` is the whole file system, which cannot be listed", thrown.getMessage());
  }
}
