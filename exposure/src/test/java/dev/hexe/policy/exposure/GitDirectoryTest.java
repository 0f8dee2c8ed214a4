package dev.hexe.policy.exposure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class GitDirectoryTest {
  private static final String WORK = FakeHost.HOME + "/work";

  private static List<String> places(FakeHost host) {
    return new GitDirectory(host.here()).places();
  }

  @Test
  void aProjectIsLookedForUpwards() {
    FakeHost host =
        new FakeHost().directories(WORK, WORK + "/.git", WORK + "/a").cwd(WORK + "/a/b");
    assertEquals(
        List.of(
            WORK + "/.git/hooks",
            WORK + "/.git/config",
            WORK + "/.git/config.worktree",
            WORK + "/.git/commondir"),
        places(host));
    assertEquals(List.of(), places(new FakeHost().directories(WORK)));
  }

  @Test
  void aLinkedWorktreeLeadsToItsRepository() {
    String repository = FakeHost.HOME + "/repository/.git";
    FakeHost host =
        new FakeHost()
            .files(WORK + "/.git")
            .text(WORK + "/.git", "gitdir: " + repository + "/worktrees/work\n")
            .text(repository + "/worktrees/work/commondir", "../..\n");
    assertEquals(
        List.of(
            WORK + "/.git",
            repository + "/hooks",
            repository + "/config",
            repository + "/worktrees/work/config.worktree",
            repository + "/worktrees/work/commondir"),
        places(host));
  }

  @Test
  void aPointerMayBeRelativeOrNone() {
    FakeHost host = new FakeHost().files(WORK + "/.git");
    assertEquals(List.of(WORK + "/.git"), places(host));
    host.text(WORK + "/.git", "gitdir: ../super/.git/modules/work");
    assertEquals(FakeHost.HOME + "/super/.git/modules/work/hooks", places(host).get(1));
  }
}
