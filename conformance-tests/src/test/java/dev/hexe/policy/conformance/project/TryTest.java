package dev.hexe.policy.conformance.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.harness.ChangesOutside;
import dev.hexe.policy.conformance.harness.OwnHome;
import dev.hexe.policy.conformance.harness.Product;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Running;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The changes of a command under {@code try} are kept apart until somebody decides. */
class TryTest {
  private static final Pattern ID = Pattern.compile("kept as ([0-9a-f]{6})");

  private static Path home(User user, String name) {
    Requires.namespaces(user);
    return OwnHome.made(
        user,
        "try-" + name,
        """
        umask 022; chmod -R u+rwx "$1" 2>/dev/null; rm -rf "$1"; mkdir -p "$1/proj/sub" "$1/proj/old/deep" "$1/.npm" &&
        cd "$1/proj" && echo one >a && echo two >sub/b && echo three >old/c && echo four >old/deep/d && ln -s a link
        """);
  }

  private static Sandbox trying(User user, Path home, String... options) {
    return Sandbox.program("try")
        .with(options)
        .as(user)
        .where("HOME", home.toString())
        .in(home.resolve("proj"));
  }

  private static Sandbox changes(User user, Path home, String... arguments) {
    return Sandbox.program("changes")
        .with(arguments)
        .as(user)
        .where("HOME", home.toString())
        .in(home.resolve("proj"));
  }

  private static String id(Result result) {
    Matcher matcher = ID.matcher(result.stderr());
    assertTrue(matcher.find(), result.toString());
    return matcher.group(1);
  }

  private static final String EVERYTHING =
      """
      echo more >>a; rm -r old; mkdir -p new/in; echo n >new/in/n; chmod 600 sub/b; rm link; ln -s ../../elsewhere link;
      rm -r sub/none 2>/dev/null; mkfifo pipe; echo x >"$(printf 'odd\\nname\\033[31m')"; cp -p a twin; ln twin other
      """;

  @ParameterizedTest
  @EnumSource
  void theHostsFilesStayAsTheyAreUntilItIsCommitted(User user) throws Exception {
    Path home = home(user, "all");
    Path project = home.resolve("proj");
    Result result = trying(user, home, "--keep").sh(EVERYTHING + "cat a; ls old; exit 3");
    assertEquals(3, result.status(), result.toString());
    assertEquals("one\nmore", result.text());
    assertEquals("one\n", Files.readString(project.resolve("a")));
    assertTrue(Files.exists(project.resolve("old/deep/d")));
    assertFalse(Files.exists(project.resolve("new")));
    assertTrue(result.stderr().contains("odd\\nname\\x1b[31m"), result.stderr());
    assertTrue(result.stderr().contains("! pipe  (a pipe, which is not carried over)"));
    changes(user, home, "commit", id(result)).alone().endsWith(0);
    assertEquals("one\nmore\n", Files.readString(project.resolve("a")));
    assertFalse(Files.exists(project.resolve("old")));
    assertEquals("n\n", Files.readString(project.resolve("new/in/n")));
    assertEquals(0600, (int) Files.getAttribute(project.resolve("sub/b"), "unix:mode") & 0777);
    assertEquals("../../elsewhere", Files.readSymbolicLink(project.resolve("link")).toString());
    assertFalse(Files.exists(project.resolve("pipe"), LinkOption.NOFOLLOW_LINKS));
    assertTrue(Files.exists(project.resolve("twin")) && Files.exists(project.resolve("other")));
    changes(user, home).alone().prints("no changes are kept");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsDiscardedOrUnchangedLeavesNothing(User user) throws Exception {
    Path home = home(user, "discarded");
    trying(user, home, "--discard").sh("echo x >>a; rm -r old").endsWith(0);
    assertEquals("one\n", Files.readString(home.resolve("proj/a")));
    trying(user, home).sh("cat a >/dev/null; exit 7").complains("nothing was changed").endsWith(7);
    changes(user, home).alone().prints("no changes are kept");
    assertFalse(Files.exists(home.resolve(".local/state/hexe-policy/changes")));
  }

  @ParameterizedTest
  @EnumSource
  void aPartIsCommittedAndTheRestIsKept(User user) throws Exception {
    Path home = home(user, "some");
    String id =
        id(
            trying(user, home, "--keep")
                .sh("echo x >>a; mkdir -p new/in; echo n >new/in/n; echo y >>sub/b"));
    changes(user, home, "commit", id, "new/in/n").alone().endsWith(0);
    assertEquals("n\n", Files.readString(home.resolve("proj/new/in/n")));
    assertEquals("one\n", Files.readString(home.resolve("proj/a")));
    String rest = changes(user, home, "diff", id).alone().endsWith(0).text();
    assertTrue(rest.contains("M a") && rest.contains("M sub/b") && !rest.contains("A new"), rest);
    assertTrue(rest.contains("+x"), rest);
    changes(user, home, "commit", id, "absent")
        .alone()
        .refuses("nothing of `", "absent` was changed");
    changes(user, home, "discard", id.substring(0, 3)).alone().prints("discarded " + id);
  }

  @ParameterizedTest
  @EnumSource
  void whatChangedOutsideMeanwhileIsNeverOverwritten(User user) throws Exception {
    Path home = home(user, "conflict");
    Path project = home.resolve("proj");
    String id =
        id(
            trying(user, home, "--keep")
                .sh(
                    "echo x >>a; echo y >>sub/b; rm old/c; echo mine >made; rm -r old/deep; echo ok"
                        + " >fine"));
    Sandbox.none()
        .as(user)
        .in(project)
        .sh(
            "echo outside >a; rm sub/b; echo outside >>old/c; echo theirs >made; echo e"
                + " >old/deep/extra")
        .endsWith(0);
    String said = changes(user, home, "commit", id).alone().endsWith(1).text();
    assertEquals("outside\n", Files.readString(project.resolve("a")));
    assertFalse(Files.exists(project.resolve("sub/b")));
    assertEquals("three\noutside\n", Files.readString(project.resolve("old/c")));
    assertEquals("theirs\n", Files.readString(project.resolve("made")));
    assertEquals("e\n", Files.readString(project.resolve("old/deep/extra")));
    assertEquals("ok\n", Files.readString(project.resolve("fine")));
    assertTrue(said.contains("! a  (was changed outside meanwhile)"), said);
    assertTrue(said.contains("! sub/b  (was removed outside meanwhile)"), said);
    assertTrue(said.contains("! made  (was made outside meanwhile)"), said);
    assertTrue(said.contains("not committed; kept as " + id), said);
  }

  @ParameterizedTest
  @EnumSource
  void twoAtOnceHaveChangesOfTheirOwn(User user) throws Exception {
    Path home = home(user, "two");
    try (Running first =
        trying(user, home, "--commit").start("sh", "-c", "echo first >>a; echo up; read any")) {
      assertEquals("up", first.line());
      Result second = trying(user, home, "--commit").sh("cat a; echo second >>a");
      assertEquals("one", second.text());
      assertEquals("one\nsecond\n", Files.readString(home.resolve("proj/a")));
      first.endInput();
      first.status();
    }
    assertEquals("one\nsecond\n", Files.readString(home.resolve("proj/a")));
    String list = changes(user, home).alone().endsWith(0).text();
    assertTrue(list.contains("echo first >>a"), list);
    changes(user, home, "discard", "--all").alone().endsWith(0);
  }

  @ParameterizedTest
  @EnumSource
  void theChangesAreOutOfTheCommandsReach(User user) {
    Path home = home(user, "reach");
    trying(user, home, "--keep").sh("echo x >>a").complains("kept as");
    Sandbox.profile("sandbox")
        .as(user)
        .where("HOME", home.toString())
        .in(home.resolve("proj"))
        .sh(
            "exec 2>/dev/null; for f in ~/.local/state/hexe-policy/changes/*/0/upper/a; do"
                + " (echo poison >$f) && echo wrote; rm -f $f && echo removed; done; echo end")
        .prints("end");
    trying(user, home, "--keep")
        .sh("ls ~/.local/state/hexe-policy /var/tmp/hexe-policy* 2>/dev/null; echo end")
        .prints("end");
    changes(user, home, "discard", "--all").alone().endsWith(0);
  }

  @ParameterizedTest
  @EnumSource
  @ResourceLock(ChangesOutside.LOCK)
  void theHomeOfAProfileThatWritesItIsKeptApart(User user) throws Exception {
    Path home = home(user, "whole");
    Result result =
        trying(user, home, "sandbox", "--keep").sh("echo x >>a; echo y >~/outside; cat ~/outside");
    assertEquals("y", result.text(), result.toString());
    assertFalse(Files.exists(home.resolve("outside")));
    changes(user, home, "commit", id(result)).alone().endsWith(0);
    assertEquals("y\n", Files.readString(home.resolve("outside")));
    assertEquals("one\nx\n", Files.readString(home.resolve("proj/a")));
  }

  @ParameterizedTest
  @EnumSource
  @ResourceLock(ChangesOutside.LOCK)
  void allOfOneHomeIsNotAllOfTheUsers(User user) {
    Path home = home(user, "first");
    Path other = home(user, "second");
    String id = id(trying(user, home, "sandbox", "--keep").sh("echo x >>a"));
    String kept = "kept " + id + ", of the home `" + home + "`: name it to discard it";
    String said = changes(user, other, "discard", "--all").alone().endsWith(0).text();
    assertTrue(said.contains(kept), said);
    assertTrue(changes(user, other).alone().text().contains("of the home"), said);
    changes(user, home, "discard", "--all").alone().prints("discarded " + id);
  }

  @ParameterizedTest
  @EnumSource
  void whatCannotBeKeptApartIsRefused(User user) {
    Path home = home(user, "refused");
    trying(user, home, "none").sh("true").refuses("under `none` all files could be changed");
    trying(user, home, "isolated").sh("true").refuses("works in the host's own tree");
    trying(user, home, "--backend=landlock", "--best-effort")
        .sh("echo x >a; echo ran")
        .refuses("`try` keeps changes apart by mounts");
    Sandbox.none().as(user).in(home.resolve("proj")).sh("cat a").prints("one");
    trying(user, home, "--keep", "--commit").sh("true").refuses("exclude each other");
    Sandbox.program("try").as(user).alone().refuses("no command given");
    changes(user, home, "diff", "zzz").alone().refuses("no changes are kept as `zzz`");
  }

  @ParameterizedTest
  @EnumSource
  void singleFilesAndCachesAreAsTheProfileSays(User user) throws Exception {
    Path home = home(user, "files");
    Sandbox.none().as(user).in(home).sh("echo note >notes").endsWith(0);
    Result result =
        trying(user, home, "--write=" + home + "/notes", "--keep")
            .sh("echo more >>~/notes; echo pack >~/.npm/pack");
    assertEquals("note\n", Files.readString(home.resolve("notes")));
    changes(user, home, "commit", id(result)).alone().endsWith(0);
    assertEquals("note\nmore\n", Files.readString(home.resolve("notes")));
    OwnHome.project(user, home, "proj").sh("cat ~/.npm/pack").prints("pack");
    assertFalse(Files.exists(home.resolve(".npm/pack")));
  }

  @Test
  void whereTheKernelMakesNoOverlayACopyStandsIn() {
    Requires.root();
    Requires.namespaces(User.ROOT);
    String script =
        """
        set -e; cd "$1"; mkdir l u w h; mount -t tmpfs tmpfs u; mkdir u/u u/w; mount -t overlay o -o lowerdir=l,upperdir=u/u,workdir=u/w h
        export HOME="$1/h"; mkdir -p h/proj/old; cd h/proj; echo one >a; echo x >old/x; echo y >same; mkfifo p
        "$2" try --keep -- sh -c 'cat a; echo more >>a; rm -r old; mkdir new; echo n >new/n; mv new moved'
        cat a; ls; "$2" changes commit $(ls ~/.local/state/hexe-policy/changes); find . | sort; cat a
        """;
    Path place = OwnHome.made(User.ROOT, "try-copy", "rm -rf \"$1\"; mkdir -p \"$1\"");
    Result result =
        Sandbox.none()
            .as(User.ROOT)
            .behind("unshare", "-m")
            .sh(script, place.toString(), Product.program().toString())
            .endsWith(0)
            .complains("the kernel makes no overlay of");
    assertTrue(result.text().startsWith("one\none\na\nold\np\nsame\n"), result.toString());
    assertTrue(
        result.text().endsWith(".\n./a\n./moved\n./moved/n\n./p\n./same\none\nmore"),
        result.text());
  }
}
