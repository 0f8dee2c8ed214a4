package dev.hexe.policy.cli.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.cli.changes.Change.Kind;
import dev.hexe.policy.cli.changes.Change.State;
import dev.hexe.policy.profiles.key.ShippedProtectedPaths;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lines of the launcher's, and how they are shown. */
class ChangeTest {
  private static Change change(String kind, String before, String after, String path, String link) {
    return Change.read(
        "clean:clean %s 0 upper %s %s 1 2 7.1.2 1 /home/me/shop %s %s"
            .formatted(kind, before, after, path, link));
  }

  private static Change added(String path) {
    return change("add", "0", "100644", path, "-");
  }

  @Test
  void aLineIsTakenApart() {
    Change change =
        Change.read("conflict:gone edit 3 copy 100644 100755 10 20 7.1.2 2 /home/me a%20b -");
    assertEquals(State.CONFLICT, change.state());
    assertEquals("gone", change.reason());
    assertEquals(Kind.EDIT, change.kind());
    assertEquals("/home/me/a b", change.place());
    assertEquals("3/copy", change.kept());
    assertEquals("edit 3 copy 100644 100755 10 20 7.1.2 2 /home/me a%20b -", change.line());
    assertEquals(
        List.of("mode 644 becomes 755", "its other names keep what they hold"), change.remarks());
    assertThrows(ChangesException.class, () -> Change.read("clean:clean edit"));
  }

  @Test
  void nothingInANameMovesTheCursor() {
    Name name = Name.read("new%0aline%1b[31m%e2%80%aex%ff%5c");
    assertEquals("new\\nline\\x1b[31m\\u{202e}x\uFFFD\\\\", name.shown());
    assertFalse(name.isText());
    assertTrue(Name.read("%c3%a9").isText());
    assertEquals("é", Name.read("%c3%a9").shown());
    assertTrue(Name.read("-").isEmpty());
    assertEquals("-", Name.read("%2d").shown());
  }

  @Test
  void aSymlinkSaysWhetherItLeadsOut() {
    assertTrue(change("add", "0", "120777", "sub/l", "/etc/passwd").leadsOut());
    assertTrue(change("add", "0", "120777", "sub/l", "../../x").leadsOut());
    assertFalse(change("add", "0", "120777", "sub/l", "../x").leadsOut());
    assertTrue(
        change("add", "0", "120777", "l", "../x").remarks().contains("leads to ../x, outside"));
  }

  @Test
  void whatTheHostExecutesLaterIsMarked() {
    ExecutedLater marks = new ExecutedLater();
    for (String path :
        List.of(
            "package.json",
            "sub/package.json",
            ".git/hooks/pre-commit",
            "a/.github/workflows/ci.yml",
            "vite.config.ts",
            ".envrc",
            "node_modules/.bin/tsc",
            "mirror/config",
            ".git/modules/libs/x/config",
            ".git/modules/libs/x/hooks/post-checkout",
            ".git/worktrees/w/commondir",
            ".zshrc.zwc",
            "new%0aline/.git/config",
            ".GIT/Hooks/pre-commit",
            ".cargo",
            "sub/.mvn",
            "run.sh")) {
      assertTrue(marks.reason(added(path)).isPresent(), path);
    }
    for (String path :
        List.of(
            "README.txt",
            "src/a.c",
            "xpackage.json",
            ".git/objects/ab/cd",
            ".git/HEAD",
            ".git/logs/HEAD",
            "src/hooks/use.txt",
            "config/a")) {
      assertEquals(Optional.empty(), marks.reason(added(path)), path);
    }
    assertEquals(Optional.of("a program"), marks.reason(change("add", "0", "100755", "tool", "-")));
    assertEquals(
        Optional.empty(), marks.reason(change("remove", "100644", "0", "package.json", "-")));
  }

  /** A file that was missing at the start can be made, although it would be protected. */
  @Test
  void whatIsProtectedInAProjectIsMarked() {
    ExecutedLater marks = new ExecutedLater();
    List<String> paths =
        ShippedProtectedPaths.read().protect().stream()
            .flatMap(group -> group.items().stream())
            .filter(item -> item.startsWith("${CWD}/"))
            .map(item -> item.substring("${CWD}/".length()))
            .toList();
    assertTrue(paths.contains(".vscode"), paths.toString());
    for (String path : paths) {
      assertTrue(marks.reason(added(path)).isPresent(), path);
      assertTrue(marks.reason(added("sub/" + path + "/x")).isPresent(), path);
    }
  }

  @Test
  void aNewDirectoryIsOneItemAndWhatIsExecutedIsOnItsOwn() {
    List<Item> items =
        Item.of(
            List.of(
                change("add", "0", "40755", "lib", "-"),
                added("lib/a"),
                change("add", "0", "40755", "lib/in", "-"),
                added("lib/in/b"),
                added("lib/Makefile"),
                added(".git/objects/aa/1"),
                added(".git/index"),
                added(".git/hooks/x"),
                Change.read("left:fifo add 0 upper 0 10644 0 0 7.1.2 0 /home/me/shop lib/p -"),
                added("other")),
            new ExecutedLater());
    assertEquals(
        List.of(
            "/home/me/shop/lib/",
            "/home/me/shop/lib/Makefile",
            "/home/me/shop/.git/",
            "/home/me/shop/.git/hooks/x",
            "/home/me/shop/lib/p",
            "/home/me/shop/other"),
        items.stream().map(Item::title).toList());
    assertEquals(4, items.get(0).members().size());
    assertEquals(2, items.get(0).files());
    assertFalse(items.get(4).isClean());
  }
}
