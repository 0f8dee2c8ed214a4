package dev.hexe.policy.backend.namespaces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.MountEntry.Bind;
import dev.hexe.policy.api.profile.MountEntry.Changes;
import dev.hexe.policy.api.profile.MountEntry.Copy;
import dev.hexe.policy.api.profile.MountEntry.Directory;
import dev.hexe.policy.api.profile.MountEntry.Overlay;
import dev.hexe.policy.api.profile.MountEntry.Symlink;
import dev.hexe.policy.api.profile.MountEntry.Text;
import dev.hexe.policy.api.profile.MountEntry.Tmpfs;
import dev.hexe.policy.api.testing.FakeTree;
import dev.hexe.policy.api.testing.Hosts;
import dev.hexe.policy.api.testing.ProfileBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Layouts of a profile, as the actions that come of it. */
class MountEntryPlacesTest {
  private static final FakeTree TREE =
      FakeTree.mergedUsr()
          .directories("/data/sub/deep", "/base", "/upper", "/work", "/tree/usr", "/tree/etc")
          .files("/data/file", "/home/me/notes")
          .link("/home/me/link", "/etc");

  private static ProfileBuilder profile(MountEntry... fixtures) {
    ProfileBuilder profile =
        ProfileBuilder.profile().unlisted(Unlisted.ABSENT).read("/usr").write("/home/me");
    Stream.of(fixtures).forEach(profile::fixture);
    return profile;
  }

  /** Those on what was laid out, from the new root to its seal. */
  private static List<String> actions(ProfileBuilder profile) {
    List<String> all =
        Compiled.on(TREE, Hosts.USER, profile.build()).actions().stream()
            .map(Action::description)
            .toList();
    int start = all.indexOf("start a new root, empty") + 1;
    return all.subList(start, all.indexOf("switch to the new root, detach the old one"));
  }

  private static CannotCompileException refusal(ProfileBuilder profile) {
    return assertThrows(CannotCompileException.class, () -> actions(profile));
  }

  @Test
  void theOrderOfWritingDoesNotMatter() {
    List<MountEntry> fixtures =
        new ArrayList<>(
            List.of(
                new Bind("/data", "/a/b", false, false),
                new Tmpfs("/a", 4096, 0755),
                new Directory("/a/c", 0700),
                new Symlink("b", "/a/d"),
                new Text("/a/e", "x", 0600),
                new Copy(9, "/a/b/file", 0400),
                new Overlay("/o", List.of("/base", "/data"), new Changes.Refused())));
    List<String> expected =
        List.of(
            "mount an empty tmpfs of 4096 bytes on /a (nosuid,nodev)",
            "bind /data on /a/b (ro,nosuid,nodev)",
            "put a file over /a/b/file with what descriptor 9 yields (nosuid,nodev)",
            "make directory /a/c",
            "symlink /a/d -> b",
            "make file /a/e",
            "bind /home/me (nosuid,nodev)",
            "take /base as a layer",
            "take /data as a layer",
            "mount an overlay of them on /o (ro,nosuid,nodev)",
            "bind /usr (ro,nosuid,nodev)",
            "set (ro) on /");
    assertEquals(expected, actions(profile(fixtures.toArray(MountEntry[]::new))));
    Collections.reverse(fixtures);
    assertEquals(expected, actions(profile(fixtures.toArray(MountEntry[]::new))));
  }

  @Test
  void restrictedTreesInWritableOnesArePinnedWhereTheyComeFrom() {
    assertEquals(
        List.of(
            "bind /home/me (nosuid,nodev)",
            "bind /usr (ro,nosuid,nodev)",
            "bind /data on /w (nosuid,nodev)",
            "bind /data/sub on /w/sub (nosuid,nodev)",
            "bind /data/sub/deep on /w/sub/deep (ro,nosuid,nodev)",
            "set (ro) on /"),
        actions(profile(new Bind("/data", "/w", true, false)).readOnly("/w/sub/deep")));
  }

  @Test
  void theWholeTreeBecomesARootThatIsEntered() {
    List<String> actions =
        actions(
            ProfileBuilder.profile().unlisted(Unlisted.ALLOWED).write("/home/me").readOnly("/"));
    assertEquals(List.of("bind / (ro)", "bind /home/me (nosuid,nodev)"), actions);
  }

  @Test
  void rightsAreTakenFromWhateverIsThereButFromWhatIsPutBelowForWriting() {
    assertEquals(
        List.of(
            "bind /home/me (nosuid,nodev)",
            "bind /home/me/notes (nosuid,nodev,noexec)",
            "mount an empty tmpfs of 4096 bytes on /s (nosuid,nodev,noexec)",
            "bind /data on /s/d (nosuid,nodev,noexec)",
            "bind /usr (ro,nosuid,nodev)",
            "set (ro) on /s",
            "set (ro) on /"),
        actions(
            profile(new Tmpfs("/s", 4096, 0755), new Bind("/data", "/s/d", true, false))
                .readOnly("/s")
                .noExecute("/home/me/notes", "/s")));
  }

  @Test
  void aRootIsNotSealedAndTakesWhatItHasAPlaceFor() {
    assertEquals(
        List.of("bind /tree on / (ro,nosuid,nodev)", "bind /usr (ro,nosuid,nodev)"),
        actions(
            ProfileBuilder.profile().unlisted(Unlisted.ABSENT).read("/usr").root("/tree", false)));
    CannotCompileException refusal = refusal(profile().root("/tree", true));
    assertTrue(String.valueOf(refusal.getMessage()).startsWith("`/home/me` does not exist in `/`"));
    Overlay overlay = new Overlay("/", List.of("/tree"), new Changes.Discarded(4096));
    assertEquals("bind /home/me (nosuid,nodev)", actions(profile(overlay)).get(2));
  }

  @Test
  void whatIsMissingIsPassedOverWhereThatIsAllowed() {
    assertEquals(actions(profile()), actions(profile(new Bind("/none", "/x", true, true))));
  }

  static Stream<Arguments> refused() {
    Changes memory = new Changes.Discarded(4096);
    return Stream.of(
        refused("`/none` does not exist", new Bind("/none", "/x", true, false)),
        refused("`/usr/x` does not exist in `/usr`", new Tmpfs("/usr/x", 1, 0755)),
        refused("leads through the symlink `/home/me/link`", new Tmpfs("/home/me/link/x", 1, 0755)),
        refused("leads through the symlink `/home/me/link`", new Tmpfs("/home/me/link", 1, 0755)),
        refused("a file is put at `/usr/lib`", new Text("/usr/lib", "", 0600)),
        refused("a directory is put at `/home/me/notes`", new Tmpfs("/home/me/notes", 1, 0755)),
        refused("`/usr/lib` exists, and a symlink", new Symlink("x", "/usr/lib")),
        refused("only an overlay can be put at `/`", new Tmpfs("/", 1, 0755)),
        refused("two things are put at `/x`", new Tmpfs("/x", 1, 0755), new Directory("/x", 0755)),
        refused("two files are made of", new Copy(9, "/x", 0600), new Copy(9, "/y", 0600)),
        refused("is not a directory", new Overlay("/o", List.of("/data/file"), memory)),
        refused("more than 10", new Overlay("/o", Collections.nCopies(11, "/data"), memory)),
        kept("are not apart", "/data", "/work"),
        kept("are not apart", "/data/sub", "/work"),
        kept("are not apart", "/", "/work"),
        kept("are not apart", "/upper", "/upper"),
        kept("`/none/upper` does not exist", "/none/upper", "/none/work"),
        kept("are not apart", "/upper", "/data/sub"),
        kept("which the command can write itself", "/home/me", "/work"),
        kept("which the command can write itself", "/upper", "/home/me"),
        kept("in the working directory", "@cwd", "/work"));
  }

  private static Arguments refused(String message, MountEntry... fixtures) {
    return Arguments.of(message, fixtures);
  }

  private static Arguments kept(String message, String upper, String work) {
    return refused(message, new Overlay("/o", List.of("/data"), new Changes.Kept(upper, work)));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatCannotBeIsRefused(String message, MountEntry[] fixtures) {
    String told = String.valueOf(refusal(profile(fixtures)).getMessage());
    assertTrue(told.contains(message), told);
  }

  @Test
  void changesMustNotLieInWhatAnotherFixtureWrites() {
    Overlay kept = new Overlay("/o", List.of("/data"), new Changes.Kept("/upper", "/work"));
    refusal(profile(kept, new Bind("/upper", "/x", true, false)));
    refusal(
        profile(kept, new Overlay("/p", List.of("/base"), new Changes.Kept("/upper", "/tree"))));
    actions(profile(kept, new Bind("/upper", "/x", false, false)));
  }

  @Test
  void rightsAreTakenFromSomethingOnly() {
    refusal(profile().readOnly("/nothing"));
    refusal(profile().noExecute("@cwd"));
    refusal(profile(new Tmpfs("/t", 1, 0755)).readOnly("/t/x"));
    refusal(profile().readOnly("/home/me/none"));
  }
}
