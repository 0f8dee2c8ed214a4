package dev.hexe.policy.api.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.api.testing.FakeTree;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many paths looked for at once, beside each by itself. */
class GuardedPathsTest {
  private static final FakeTree TREE =
      FakeTree.mergedUsr()
          .directories("/home/ada/.config/git", "/home/ada/dir")
          .files("/home/ada/.bashrc", "/home/ada/dir/file")
          .link("/home/ada/.vimrc", "dir/file")
          .link("/home/ada/.profile", "gone/profile")
          .link("/home/ada/linked", "dir")
          .link("/home/ada/dangling", "/nowhere")
          .link("/home/ada/.zshrc", ".zshrc")
          .link("/people", "/home");

  private static final List<String> PATHS =
      List.of(
          "/",
          "/nothing",
          "/home/ada",
          "/home/ada/.bashrc",
          "/home/ada/.bashrc/below/a/file",
          "/home/ada/.absent",
          "/home/ada/.absent/below",
          "/home/ada/.config/git/config",
          "/home/ada/.config/absent/deep/down",
          "/home/ada/.vimrc",
          "/home/ada/.profile",
          "/home/ada/.zshrc",
          "/home/ada/linked",
          "/home/ada/linked/file",
          "/home/ada/linked/absent",
          "/home/ada/dangling",
          "/home/ada/dangling/x",
          "/home/ada/dir/..",
          "/home/ada/dir/../.bashrc",
          "/home/ada/dir/../absent",
          "/home//ada/.bashrc",
          "/home/./ada/absent",
          "/home/ada/dir/",
          "/home/ada/dir/.",
          "/home/ada/..hidden",
          "/people/ada/.bashrc",
          "/people/ada/.absent/x",
          "/bin/sh",
          "/bin/absent");

  @Test
  void theyEndWhereEachEndsByItself() {
    GuardedPaths together = new GuardedPaths(TREE);
    for (int round = 0; round < 2; round++) {
      for (String path : PATHS) {
        assertEquals(GuardedPath.orBroken(path, TREE), together.orBroken(path), path);
      }
    }
  }
}
